import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { SummaryLoader } from '../../src/live/summary-loader'
import { Counts } from '../../src/model/counts'
import { MOST_HELD, ProjectState } from '../../src/model/project'
import { block, label, micrographRow, projectRow } from '../make'

const asked: string[] = []
let answers: (() => void)[]
let state: ProjectState
let loader: SummaryLoader
const final = (id: number) => new Counts(state, () => undefined).of(id).final

beforeEach(() => {
  vi.useFakeTimers()
  asked.length = 0
  answers = []
  vi.stubGlobal('fetch', (url: string) => {
    asked.push(new URL(url, 'http://host').searchParams.get('particle_threshold') ?? '')
    const told = {
      micrographs: [1, 2],
      source: [9, 9],
      count: [MOST_HELD, 50],
      final: [40, 30],
      found: [40, 30],
    }
    const body = { ...told, score: [0.8, null], total: 90, particle: [], contamination: [], plane: [] }
    return new Promise<Response>(done => answers.push(() => done(new Response(JSON.stringify(body)))))
  })
  state = new ProjectState()
  state.project.value = projectRow()
  state.micrographs.value = [
    micrographRow({ id: 1, picks: { source: 9, count: MOST_HELD } }),
    micrographRow({ id: 2, picks: { source: 9, count: 40 } }),
  ]
  loader = new SummaryLoader(1, state, () => undefined)
  loader.start()
})
afterEach(() => {
  loader.stop()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

async function answer(): Promise<void> {
  answers.shift()?.()
  await vi.advanceTimersByTimeAsync(1)
}

test('counts come from the server where picks are not held, and from the picks where they are', async () => {
  await answer()
  state.blocks.put(2, block([[500, 500, 0.9, 0.1]], 9))
  expect([final(1), final(2)]).toEqual([40, 1])
})

test('what the server tells of a row is noted, and is no reason to ask again', async () => {
  await answer()
  expect(state.micrograph(2)?.picks).toEqual({ source: 9, count: 50 })
  await vi.advanceTimersByTimeAsync(10_000)
  expect(asked).toHaveLength(1)
})

test('while an answer is awaited, thresholds that move are asked for once, as they are then', async () => {
  for (const particle of [0.6, 0.7]) state.thresholds.value = { ...state.thresholds.peek(), particle }
  expect(asked).toEqual(['0.5'])
  await answer()
  expect(asked).toEqual(['0.5', '0.7'])
})

test('marks on micrographs whose picks are not held are counted a little later, together', async () => {
  await answer()
  for (const id of ['a', 'b']) state.marks.set(id, label({ id, micrograph: 1 }))
  expect(asked).toHaveLength(1)
  await vi.advanceTimersByTimeAsync(5_000)
  expect(asked).toHaveLength(2)
})

test('a page that holds all picks asks for nothing', async () => {
  await answer()
  state.micrographs.value = [micrographRow({ id: 1, picks: { source: 9, count: 10 } })]
  expect(state.summary.value).toBeNull()
})
