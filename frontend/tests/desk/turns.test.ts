import { signal } from '@preact/signals'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { Turns } from '../../src/desk/turns'
import { ProjectState } from '../../src/model/project'
import type { Assignment, Micrograph } from '../../src/wire'
import { assignment, limits, micrographRow, projectRow } from '../make'

const DONE = new Date().toISOString()

let state: ProjectState
let turns: Turns
let asked: string[]
let said: string[]
let opened: number[]
const answers = new Map<string, unknown>()
const open = signal<Micrograph | null>(null)

beforeEach(() => {
  vi.setSystemTime(DONE) // a claim runs out
  state = new ProjectState()
  state.you.value = { id: 7, username: 'you', role: 'annotator' }
  state.project.value = projectRow()
  state.limits.value = limits()
  state.micrographs.value = [1, 2, 3].map(id => micrographRow({ id, name: `m${id}` }))
  open.value = state.micrograph(1)
  asked = []
  said = []
  opened = []
  answers.clear()
  turns = new Turns({
    id: 1,
    state,
    sync: { held: async () => undefined },
    micrograph: open,
    say: message => said.push(message),
    open: id => opened.push(id),
  })
  vi.stubGlobal('document', { cookie: '' })
  vi.stubGlobal('fetch', async (url: string) => {
    asked.push(url)
    const answer = answers.get(url.replace('/api/v1/', ''))
    const status = answer instanceof Error ? 409 : 200
    return new Response(JSON.stringify(answer instanceof Error ? { detail: answer.message } : answer), {
      status,
    })
  })
})

afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

const own = (change: Partial<Assignment> = {}): Assignment => assignment({ claimed_at: DONE, ...change })

describe('Turns', () => {
  test('the next one is opened, and is yours at once', async () => {
    answers.set('projects/1/queue/next', { assignment: own({ micrograph: 2 }) })
    await turns.next()
    expect(opened).toEqual([2])
    expect(state.queue.own(2)).not.toBeNull()
  })

  test('where nothing is left, that is said', async () => {
    answers.set('projects/1/queue/next', { assignment: null })
    await turns.next()
    expect(opened).toEqual([])
    expect(said).toEqual([expect.stringContaining('Nothing is left')])
  })

  test('done and next is one press', async () => {
    answers.set('micrographs/1/done', own({ done_at: DONE }))
    answers.set('projects/1/queue/next', { assignment: own({ id: 2, micrograph: 3 }) })
    await turns.doneAndNext()
    expect(state.queue.own(1)?.done_at).toBe(DONE)
    expect(opened).toEqual([3])
  })

  test('one that others have is not left for the next', async () => {
    answers.set('micrographs/1/done', new Error('m1 is in other hands.'))
    await turns.doneAndNext()
    expect(said).toEqual(['m1 is in other hands.'])
    expect(asked).toHaveLength(1)
  })

  test('done once more goes on with it', async () => {
    state.queue.apply([own({ done_at: DONE })], [])
    answers.set('micrographs/1/reopen', own())
    await turns.done()
    expect(state.queue.own(1)?.done_at).toBeNull()
  })

  test('those who may only look are told so', async () => {
    state.you.value = { id: 7, username: 'you', role: 'viewer' }
    await turns.next()
    expect(asked).toEqual([])
    expect(said).toHaveLength(1)
  })

  test('the list shows what is chosen, and all where there is no queue', () => {
    turns.shown.value = 'mine'
    expect(turns.listed.value).toHaveLength(3)
    state.queue.apply([own({ micrograph: 2 }), own({ id: 2, user: 8, micrograph: 3, done_at: DONE })], [])
    const listed = (): number[] => turns.listed.value.map(({ id }) => id)
    expect(listed()).toEqual([2])
    turns.shown.value = 'review'
    expect(listed()).toEqual([3])
    turns.shown.value = 'to_do'
    expect(listed()).toEqual([1])
  })
})
