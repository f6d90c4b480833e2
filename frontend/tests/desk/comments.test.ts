import { signal } from '@preact/signals'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Comments, editing } from '../../src/desk/comments'
import type { SideName } from '../../src/desk/side'
import type { CommentOperation } from '../../src/model/comments/comment'
import { ProjectState } from '../../src/model/project'
import { comment, micrographRow } from '../make'

const ANNA = { id: 7, username: 'anna', role: 'annotator' } as const
const berta = { id: 8, username: 'berta' }

let state: ProjectState
let sent: CommentOperation[]
let said: string[]
let undo: (() => void) | null
let went: unknown[]
let comments: Comments
const side = signal<SideName>('picking')
const asked = vi.fn<typeof fetch>(async () => new Response(null, { status: 204 }))

afterEach(() => vi.unstubAllGlobals())

beforeEach(() => {
  vi.stubGlobal('fetch', asked)
  vi.stubGlobal('document', Object.assign(new EventTarget(), { hidden: false, cookie: '' }))
  asked.mockClear()
  state = new ProjectState()
  state.you.value = ANNA
  state.micrographs.value = [micrographRow()]
  sent = []
  said = []
  undo = null
  went = []
  side.value = 'picking'
  comments = new Comments({
    id: 3,
    state,
    sync: { send: operations => void sent.push(...operations) },
    current: signal(1),
    cursor: signal({ x: 100, y: 50 }),
    side,
    say: (message, _, action) => {
      said.push(message)
      undo = action?.run ?? null
    },
    open: micrograph => void went.push(micrograph),
    flash: places => void went.push(...places),
  })
})

const only = () => {
  const [thread] = state.comments.threads.value
  if (!thread) throw new Error('no thread')
  return thread
}

test('a comment is pinned under the cursor, and written beside the canvas', () => {
  comments.pin()
  expect(comments.draft.value).toEqual({ micrograph: 1, place: { x: 100, y: 50 } })
  expect(side.value).toBe('comments')
  comments.add('Ice?', { micrograph: 1, place: { x: 100, y: 50 } })
  expect(sent).toMatchObject([{ type: 'comment.write', text: 'Ice?', micrograph: 1, x: 100, y: 50 }])
  expect(comments.draft.value).toBeNull()
  expect(comments.thread.value).toBe(only().id)
})

test('beside the image it is about all of the micrograph', () => {
  comments.pin({ x: -5, y: 3 })
  expect(comments.draft.value).toEqual({ micrograph: 1, place: null })
})

test('a viewer is told why they cannot comment', () => {
  state.you.value = { ...ANNA, role: 'viewer' }
  comments.pin()
  expect(comments.draft.value).toBeNull()
  expect(said[0]).toContain('annotator')
})

test('a thread leads to its place', () => {
  state.comments.confirm(comment(), null)
  comments.go(only())
  expect(went).toEqual([1, { x: 10, y: 20 }])
})

test('a thread that is shown is read', async () => {
  const end = comments.start()
  state.comments.confirm(comment({ author: berta, sequence: 5 }), null)
  state.comments.confirm(
    comment({ id: 'r', thread: 'c', sequence: 6, mentions: [{ ...ANNA, written: 'anna' }] }),
    null,
  )
  expect(comments.waiting.value).toBe(1)
  comments.show(only())
  expect(comments.waiting.value).toBe(0)
  expect(asked.mock.calls.map(([url, init]) => [url, init?.body])).toEqual([
    ['/api/v1/projects/3/comments/c/read', '{"sequence":6}'],
  ])
  end()
})

test('what one wrote oneself is deleted and brought back through the queue', async () => {
  state.comments.confirm(comment(), null)
  await comments.remove(comment())
  expect(state.comments.threads.value).toEqual([])
  undo?.()
  expect(sent.map(operation => 'deleted' in operation && operation.deleted)).toEqual([true, false])
  expect(only().id).toBe('c')
})

test('what others wrote the server deletes', async () => {
  await comments.remove(comment({ author: berta }))
  expect(sent).toEqual([])
  expect(asked.mock.calls[0]?.[1]?.body).toBe('{"deleted":true}')
})

test('a resolved thread is opened again by undo', () => {
  state.comments.confirm(comment(), null)
  comments.resolve(only(), true)
  expect(only().resolved).toBe(true)
  undo?.()
  expect(only().resolved).toBe(false)
})

test('the words of a refused comment are a draft again', () => {
  const end = comments.start()
  comments.add('Ice?', { micrograph: 1, place: { x: 1, y: 2 } })
  const [operation] = sent
  if (operation) state.comments.refuse(operation)
  expect(comments.typed.get('')).toBe('Ice?')
  expect(comments.draft.value).toEqual({ micrograph: 1, place: { x: 1, y: 2 } })
  end()
})

test('a refused answer goes back to the reply box of its thread, before what is typed there now', () => {
  const end = comments.start()
  state.comments.confirm(comment(), null)
  comments.answer('c', 'Yes.')
  comments.typed.set('c', 'No')
  const [operation] = sent
  if (operation) state.comments.refuse(operation)
  expect(comments.typed.get('c')).toBe('Yes.\nNo')
  expect([comments.thread.value, comments.draft.value, comments.givenBack.value]).toEqual(['c', null, 1])
  end()
})

test('a refused answer to a thread that is gone is a draft on the project', () => {
  const end = comments.start()
  comments.answer('gone', 'Yes.')
  const [operation] = sent
  if (operation) state.comments.refuse(operation)
  expect(comments.typed.get('')).toBe('Yes.')
  expect(comments.draft.value).toEqual({ micrograph: null, place: null })
  end()
})

test('the refused change of a comment is edited on, and makes no new comment', () => {
  const end = comments.start()
  state.comments.confirm(comment(), null)
  comments.edit(comment(), 'Is this frost?')
  const [operation] = sent
  if (operation) state.comments.refuse(operation)
  expect(comments.typed.get(editing('c'))).toBe('Is this frost?')
  expect([comments.thread.value, comments.draft.value]).toEqual(['c', null])
  end()
})

test('micrographs are counted by their open threads', () => {
  state.comments.confirm(comment(), null)
  state.comments.confirm(comment({ id: 'd', resolved_at: '2026-01-02T00:00:00Z' }), null)
  expect(comments.counts.value).toEqual(new Map([[1, 1]]))
})
