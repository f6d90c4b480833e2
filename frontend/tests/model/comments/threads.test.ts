import { describe, expect, test } from 'vitest'
import { concerns, filtered, threadsOf, waits } from '../../../src/model/comments/threads'
import type { Comment } from '../../../src/wire'
import { comment } from '../../make'

const ANNA = 7
const BERTA = 8
const berta = { id: BERTA, username: 'berta' }
const toBerta = { mentions: [{ ...berta, written: 'berta' }] }

const answer = (change: Partial<Comment> = {}): Comment =>
  comment({ id: 'r', thread: 'c', author: berta, sequence: 2, created_at: '2026-01-01T11:00:00Z', ...change })

function only(...comments: Comment[]) {
  const [thread] = threadsOf(comments)
  if (!thread) throw new Error('no thread')
  return thread
}

describe('threads', () => {
  test('a comment and its answers are one, the oldest first', () => {
    const late = answer({ id: 's', created_at: '2026-01-01T12:00:00Z' })
    const thread = only(late, comment(), answer())
    expect([thread.first?.id, ...thread.replies.map(({ id }) => id)]).toEqual(['c', 'r', 's'])
    expect(thread.place).toEqual({ x: 10, y: 20 })
  })

  test('a deleted comment leaves nothing, but what was answered stays', () => {
    const deleted = comment({ deleted: true, text: '' })
    expect(threadsOf([deleted])).toEqual([])
    expect(only(deleted, answer()).first?.deleted).toBe(true)
    expect(threadsOf([deleted, answer({ deleted: true })])).toEqual([])
  })

  test('an answer to what was deleted before this page opened is a thread still', () => {
    expect(only(answer()).first).toBeNull()
  })

  test('a thread concerns who wrote in it and whom it names', () => {
    expect([ANNA, BERTA].map(person => concerns(only(comment()), person))).toEqual([true, false])
    expect(concerns(only(comment(toBerta)), BERTA)).toBe(true)
    expect(concerns(only(comment(), answer()), BERTA)).toBe(true)
  })

  test('a thread waits for those whom it concerns until they have read what others wrote', () => {
    expect(waits(only(comment(toBerta)), BERTA, 0)).toBe(true)
    expect(waits(only(comment(toBerta)), BERTA, 1)).toBe(false)
    expect(waits(only(comment(toBerta)), ANNA, 0)).toBe(false)
    expect(waits(only(comment(), answer()), ANNA, 1)).toBe(true)
  })

  test('nothing resolved waits', () => {
    expect(waits(only(comment({ ...toBerta, resolved_at: '2026-01-02T00:00:00Z' })), BERTA, 0)).toBe(false)
  })
})

describe('filters', () => {
  const open = comment({ id: 'open' })
  const elsewhere = comment({ id: 'elsewhere', micrograph: 2, author: berta })
  const done = comment({ id: 'done', resolved_at: '2026-01-02T00:00:00Z' })
  const named = comment({
    id: 'named',
    author: berta,
    mentions: [{ id: ANNA, username: 'anna', written: 'anna' }],
  })
  const all = threadsOf([open, elsewhere, done, { ...named, created_at: '2025-01-01T00:00:00Z' }])
  const ids = (filter: 'you' | 'open' | 'resolved' | 'here'): string[] =>
    filtered(all, filter, ANNA, 1, new Map()).map(({ id }) => id)

  test('what waits comes first, however old', () => {
    expect(ids('you')).toEqual(['named', 'open'])
  })

  test('the open one stays, also when somebody resolves it', () => {
    expect(filtered(all, 'you', ANNA, 1, new Map(), 'done').map(({ id }) => id)).toContain('done')
  })

  test('the others are by state and place, the resolved ones last', () => {
    expect(ids('open')).toEqual(['named', 'elsewhere', 'open'])
    expect(ids('resolved')).toEqual(['done'])
    expect(ids('here')).toEqual(['named', 'open', 'done'])
  })
})
