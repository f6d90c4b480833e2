import { signal } from '@preact/signals'
import { beforeEach, expect, test } from 'vitest'
import type { CommentOperation } from '../../../src/model/comments/comment'
import { CommentStore } from '../../../src/model/comments/comment-store'
import { comment, newId } from '../../make'

const anna = { id: 7, username: 'anna' }
let store: CommentStore

beforeEach(() => {
  store = new CommentStore(signal(anna))
  store.reset([comment()], { c: 1 }, [])
})

const write = (change: object = {}): CommentOperation => ({
  operation: newId(),
  type: 'comment.write',
  id: 'n',
  text: 'New',
  ...change,
})
const texts = (): string[] => [...store.all.value.values()].map(({ text }) => text)

test('what this person writes shows at once, and is theirs', () => {
  store.local(write({ thread: 'c' }))
  expect(store.all.value.get('n')).toMatchObject({ author: anna, thread: 'c', text: 'New', sequence: 0 })
  expect(store.unsent.value).toEqual(new Set(['n']))
})

test('what the server tells takes its place', () => {
  const operation = write()
  store.local(operation)
  store.confirm(comment({ id: 'n', text: 'New', sequence: 5 }), operation.operation)
  expect(store.all.value.get('n')?.sequence).toBe(5)
  expect(store.unsent.value.size).toBe(0)
})

test('an edit stays on top until its turn in the stream has come', () => {
  const edit = write({ id: 'c', text: 'Mine' })
  store.local(edit)
  store.confirm(comment({ text: 'Older' }), null)
  expect(texts()).toEqual(['Mine'])
  store.hold(edit, 9)
  store.reached(8)
  expect(texts()).toEqual(['Mine'])
  store.reached(9)
  expect(texts()).toEqual(['Older'])
})

test('what is resolved, deleted and brought back offline shows so', () => {
  store.local({ operation: newId(), type: 'comment.resolve', id: 'c', resolved: true })
  store.local({ operation: newId(), type: 'comment.remove', id: 'c', deleted: true })
  expect(store.all.value.get('c')).toMatchObject({ resolved_by: anna, deleted: true, text: 'Is this ice?' })
  store.local({ operation: newId(), type: 'comment.remove', id: 'c', deleted: false })
  expect(store.all.value.get('c')).toMatchObject({ deleted: false })
})

test('the words of a refused comment are not lost', () => {
  const operation = write()
  store.local(operation)
  store.refuse(operation)
  expect(store.all.value.has('n')).toBe(false)
  expect(store.refused.value?.text).toBe('New')
})

test('what an earlier page left unsent is on top of a new snapshot', () => {
  store.reset([comment()], {}, [write()])
  expect(texts()).toEqual(['Is this ice?', 'New'])
})

test('the comments of a micrograph go with it', () => {
  store.confirm(comment({ id: 'all', micrograph: null }), null)
  store.removeMicrograph(1)
  expect([...store.all.value.keys()]).toEqual(['all'])
})
