import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { ProjectState } from '../../../src/model/project'
import type { Assignment } from '../../../src/wire'
import { assignment, limits, micrographRow } from '../../make'

const NOW = Date.parse('2026-11-27T12:00:00Z')
const ago = (minutes: number): string => new Date(NOW - minutes * 60_000).toISOString()
const [YOU, ADA, BEN] = [7, 8, 9]

let state: ProjectState
const queue = () => state.queue
const hold = (...rows: Partial<Assignment>[]): void =>
  queue().apply(
    rows.map((row, at) => assignment({ id: at + 1, ...row })),
    [],
  )
const here = (...users: number[]): void => {
  const before = state.people.peek()
  state.people.value = users.map(id => ({ id, username: `u${id}`, micrograph: null, following: null }))
  queue().noteLeft(before, state.people.peek())
}

afterEach(() => void vi.useRealTimers())

beforeEach(() => {
  vi.useFakeTimers({ now: NOW })
  state = new ProjectState()
  state.you.value = { id: YOU, username: 'you', role: 'annotator' }
  state.limits.value = limits()
  state.queue.now.value = NOW
  state.micrographs.value = [1, 2, 3].map(id => micrographRow({ id, name: `m${id}` }))
})

describe('WorkQueue', () => {
  test('a project in which nobody has anything uses no queue', () => {
    expect(queue().used.value).toBe(false)
    expect(queue().progress.value).toEqual({ to_do: 3, assigned: 0, claimed: 0, done: 0, reviewed: 0 })
  })

  test('progress counts how far micrographs are, without excluded ones', () => {
    hold(
      { micrograph: 1, done_at: ago(1), reviewed_at: ago(0) },
      { micrograph: 2, assigned: true },
      { micrograph: 3, claimed_at: ago(1) },
    )
    state.changeMicrograph(3, { excluded: true })
    expect(queue().progress.value).toEqual({ to_do: 0, assigned: 1, claimed: 0, done: 0, reviewed: 1 })
  })

  test('one that two are to label is as far as the one who is less far', () => {
    state.changeMicrograph(1, { double: true })
    hold({ micrograph: 1, done_at: ago(1) })
    expect(queue().far.value.get(1)).toBe('to_do')
    hold({ micrograph: 1, done_at: ago(1) }, { micrograph: 1, user: ADA, claimed_at: ago(1) })
    expect(queue().far.value.get(1)).toBe('claimed')
  })

  test('a claim lasts while its holder is here, and runs out after they have left', () => {
    here(ADA)
    hold({ user: ADA, claimed_at: ago(60) })
    expect(queue().far.value.get(1)).toBe('claimed')
    here()
    expect(queue().far.value.get(1)).toBe('claimed')
    queue().now.value = NOW + 599_000
    expect(queue().far.value.get(1)).toBe('claimed')
    queue().now.value = NOW + 601_000
    expect(queue().far.value.get(1)).toBe('to_do')
    expect(queue().holders(1)).toEqual([])
  })

  test('who left before this page was opened is known by the snapshot', () => {
    hold({ user: ADA, claimed_at: ago(60) })
    expect(queue().far.value.get(1)).toBe('to_do')
    queue().lastSeen.value = new Map([[ADA, NOW - 60_000]])
    expect(queue().far.value.get(1)).toBe('claimed')
  })

  test('what a manager gave stays theirs', () => {
    hold({ user: ADA, assigned: true, claimed_at: ago(60) })
    expect(queue().far.value.get(1)).toBe('assigned')
  })

  test('yours are those that you have not finished, by name', () => {
    hold({ micrograph: 3 }, { micrograph: 1 }, { micrograph: 2, done_at: ago(1) })
    expect(queue().mine.value.map(({ micrograph }) => micrograph)).toEqual([1, 3])
  })

  test('what others have finished is for you to review, unless you are to label it yourself', () => {
    state.changeMicrograph(2, { double: true })
    hold(
      { micrograph: 1, user: ADA, done_at: ago(1) },
      { micrograph: 2, user: ADA, done_at: ago(1) },
      { micrograph: 2, user: YOU },
      { micrograph: 3, user: YOU, done_at: ago(1) },
    )
    expect(queue().toReview.value.map(({ id }) => id)).toEqual([1])
  })

  test('each person has a part, with the median of the time', () => {
    hold(
      { micrograph: 1, user: ADA, done_at: ago(1), seconds_worked: 10 },
      { micrograph: 2, user: ADA, done_at: ago(1), seconds_worked: 30 },
      { micrograph: 3, user: BEN, claimed_at: ago(1) },
    )
    expect(queue().parts.value).toMatchObject([
      { user: ADA, done: 2, claimed: 0, median: 20, finished: [1, 2] },
      { user: BEN, done: 0, claimed: 1, median: null },
    ])
  })

  test('one is free where fewer people have it than are to', () => {
    const [first, second] = state.micrographs.value
    hold({ micrograph: 1, user: ADA, claimed_at: ago(1) })
    expect([first, second].map(row => row && queue().free(row))).toEqual([false, true])
  })

  test('a change twice is one change, and what is removed is gone', () => {
    hold({ micrograph: 1 }, { micrograph: 2 })
    hold({ micrograph: 1, done_at: ago(1) })
    queue().apply([], [2])
    expect(queue().assignments.value).toMatchObject([{ id: 1, done_at: ago(1) }])
    queue().removeMicrograph(1)
    expect(queue().used.value).toBe(false)
  })
})
