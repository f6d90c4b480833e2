import { type Signal, signal } from '@preact/signals'
import { beforeEach, expect, test, vi } from 'vitest'
import { ApiError } from '../../src/api/client'
import { Restorations } from '../../src/desk/restorations'
import type { Shown } from '../../src/desk/travel'
import { sortOut } from '../../src/model/marks/mark'
import { ProjectState } from '../../src/model/project'
import { History } from '../../src/model/undo/history'
import { label, past } from '../make'

const api = vi.hoisted(() => ({ getDifference: vi.fn(), postRestoration: vi.fn() }))
vi.mock('../../src/api/history', () => api)

const done = { sequence: 50, back: 1, gone: 2, changed: 0, left: 0 }
let state: ProjectState
let history: History
let said: string[]
let left: number
let at: Signal<number | null>
let restorations: Restorations
const current = signal<number | null>(1)

beforeEach(() => {
  api.getDifference.mockReset().mockResolvedValue({ back: 1, gone: 2, changed: 0, micrographs: 1 })
  api.postRestoration.mockReset().mockResolvedValue(done)
  state = new ProjectState()
  state.you.value = { id: 7, username: 'anna', role: 'owner' }
  history = new History()
  said = []
  left = 0
  current.value = 1
  at = signal<number | null>(10)
  const marks = [label({ id: 'erased' }), label({ id: 'kept' }), label({ id: 'of ben', author: 8 })]
  const shown: Shown = { past: past(marks), micrograph: 1, marks: sortOut(marks), picks: [], diameter: 40 }
  for (const mark of [label({ id: 'kept' }), label({ id: 'new' })]) state.marks.set(mark.id, mark)
  restorations = new Restorations({
    id: 3,
    state,
    editor: { history },
    current,
    travel: {
      at,
      shown: signal<Shown | null>(shown),
      leave: () => {
        left++
        at.value = null
      },
    },
    undo: { back: async () => undefined },
    say: text => void said.push(text),
  })
  restorations.start()
})

const ids = () => {
  const { back, gone } = restorations.preview.value ?? { back: [], gone: [] }
  return [back.map(({ id }) => id), gone.map(({ id }) => id)]
}

test('what comes back and what goes is shown, of everyone or of one person', () => {
  restorations.ask()
  expect(ids()).toEqual([['erased', 'of ben'], ['new']])
  restorations.scope.value = { micrograph: null, person: 8 }
  expect(ids()).toEqual([['of ben'], []])
  restorations.scope.value = { micrograph: 1, person: null }
  current.value = 2
  expect(restorations.scope.value).toEqual({ micrograph: 2, person: null }) // “this micrograph” is the open one
  expect(restorations.preview.value).toBeNull()
})

test('managers are offered the marks of everyone, annotators their own', () => {
  restorations.ask()
  expect(restorations.scope.value).toEqual({ micrograph: 1, person: null })
  state.you.value = { id: 7, username: 'anna', role: 'annotator' }
  restorations.ask()
  expect(restorations.scope.value).toEqual({ micrograph: 1, person: 7 })
})

test('how much it would change in all is asked for each choice', async () => {
  restorations.ask()
  await vi.waitFor(() => expect(restorations.would.value?.gone).toBe(2))
  restorations.scope.value = { micrograph: null, person: null }
  expect(restorations.would.value).toBeNull()
  await vi.waitFor(() => expect(restorations.would.value).not.toBeNull())
  expect(api.getDifference).toHaveBeenLastCalledWith(3, 10, { micrograph: null, person: null })
})

test('a restoration is one step of undo, and one is back in the present', async () => {
  restorations.ask()
  await restorations.restore()
  expect(history.steps.value.done).toEqual([{ type: 'restore', micrograph: 1, sequence: 50, gesture: null }])
  expect([said, left]).toEqual([['Restored an earlier state: 1 mark back, 2 removed.'], 1])
  expect(restorations.scope.value).toBeNull()
})

test('a refusal is said, and one stays in the past', async () => {
  api.postRestoration.mockRejectedValue(new ApiError('Nothing differs from that moment.', 409))
  restorations.ask()
  await restorations.restore()
  expect([said, left]).toEqual([['Could not restore: Nothing differs from that moment.'], 0])
})

test('undo names the restoration that is taken back, and redo the undo', async () => {
  const step = { type: 'restore', micrograph: null, sequence: 40, gesture: null } as const
  const mutable = { ...step, sequence: 40 as number }
  await restorations.replay(mutable)
  expect(api.postRestoration).toHaveBeenLastCalledWith(3, expect.any(String), { undoes: 40 })
  expect(mutable.sequence).toBe(50)
})
