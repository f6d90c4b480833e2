import { type Signal, signal } from '@preact/signals'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ApiError } from '../../../src/api/client'
import { OtherPicks } from '../../../src/desk/sources/other-picks'
import { ProjectState } from '../../../src/model/project'
import { PLAIN, type ViewSettings } from '../../../src/model/view/settings'
import { block, micrographRow, projectRow, source, verdict } from '../../make'

const api = vi.hoisted(() => ({ changeSource: vi.fn(), removeSource: vi.fn() }))
vi.mock('../../../src/api/sources', () => api)

const imported = { kind: 'imported', training: null } as const
const topaz = source({ ...imported, id: 5, name: 'Topaz', threshold: 0, lowest_score: 0, highest_score: 1 })
const cryolo = source({ ...imported, id: 6, name: 'crYOLO' })

let state: ProjectState
let settings: Signal<ViewSettings>
let loaded: number[]
let said: string[]
let others: OtherPicks
const xs = () => others.of(1).map(({ x }) => x)

beforeEach(() => {
  vi.useFakeTimers()
  api.changeSource.mockReset().mockResolvedValue(topaz)
  state = new ProjectState()
  state.project.value = projectRow({ particle_diameter: 200 })
  state.micrographs.value = [micrographRow()]
  state.sources.value = [source(), topaz, cryolo]
  settings = signal(PLAIN)
  loaded = []
  said = []
  const load = async (id: number) => void loaded.push(id)
  others = new OtherPicks({
    id: 1,
    state,
    settings,
    sync: { sources: { load } },
    say: text => said.push(text),
  })
  others.start()
  state.sourceBlocks.put(
    5,
    new Map([
      [
        1,
        block(
          [
            [100, 100, 0.2, 0],
            [400, 100, 0.8, 0],
          ],
          5,
        ),
      ],
    ]),
  )
  state.sourceBlocks.put(6, new Map([[1, block([[700, 100, 1, 0]], 6)]]))
})
afterEach(() => {
  others.stop()
  vi.useRealTimers()
})

test('sources that are not trainings are shown, each in a look of its own', () => {
  expect(others.rows.value).toEqual([topaz, cryolo])
  expect(xs()).toEqual([100, 400, 700])
  expect(others.look(topaz)).not.toEqual(others.look(cryolo))
})

test('the picks of a hidden source are neither shown nor fetched', () => {
  others.flip(topaz)
  expect(xs()).toEqual([700])
  loaded = []
  state.sources.value = [...state.sources.value]
  expect(loaded).toEqual([6])
  others.flip(topaz)
  expect(xs()).toEqual([100, 400, 700])
})

test('a verdict takes the pick it is about off at once', () => {
  expect(xs()).toContain(100)
  const before = others.changed.value
  state.marks.set('v', verdict({ id: 'v', kind: 'reject', x: 100, y: 100 }))
  expect(xs()).toEqual([400, 700])
  expect(others.changed.value).toBeGreaterThan(before)
})

test('an excluded micrograph shows none', () => {
  state.changeMicrograph(1, { excluded: true })
  expect(xs()).toEqual([])
})

test('a threshold acts at once and is shared when it rests', () => {
  others.slide(topaz, 0.3)
  others.slide({ ...topaz, threshold: 0.3 }, 0.5)
  expect(xs()).toEqual([400, 700])
  expect(api.changeSource).not.toHaveBeenCalled()
  vi.runAllTimers()
  expect(api.changeSource.mock.calls).toEqual([[1, 5, { threshold: 0.5 }]])
})

test('a refused change is taken back, with a word', async () => {
  api.changeSource.mockRejectedValue(new ApiError('It is archived.', 400))
  others.slide(topaz, 0.5)
  await vi.runAllTimersAsync()
  expect(xs()).toEqual([100, 400, 700])
  expect(said).toEqual(['Could not change Topaz. It is archived.'])
})

test('picks of sources that teach are counted from their threshold on', () => {
  expect(others.taught.value).toBe(0)
  state.sources.value = [topaz, { ...cryolo, teaches: true }]
  expect(others.taught.value).toBe(1)
  state.sources.value = [
    { ...topaz, teaches: true, threshold: 0.5 },
    { ...cryolo, teaches: true },
  ]
  expect(others.taught.value).toBe(2)
})

test('a new name is seen at once, and the old one again where the server refuses it', async () => {
  api.changeSource.mockRejectedValueOnce(new ApiError('There are picks named “crYOLO” already.', 400))
  others.rename(topaz, ' crYOLO ')
  expect(state.sources.value[1]?.name).toBe('crYOLO')
  await vi.advanceTimersByTimeAsync(0)
  expect(state.sources.value[1]?.name).toBe('Topaz')
  expect(said).toEqual(['Could not change Topaz. There are picks named “crYOLO” already.'])
})

test('no name, or the same, is no new name', () => {
  others.rename(topaz, '  ')
  others.rename(topaz, 'Topaz')
  expect(api.changeSource).not.toHaveBeenCalled()
})
