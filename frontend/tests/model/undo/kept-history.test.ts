import { expect, test } from 'vitest'
import { History, type Step } from '../../../src/model/undo/history'
import { keptHistory } from '../../../src/model/undo/kept-history'
import { fakeStorage } from '../../fake-storage'
import { label } from '../../make'

const step = (id: string): Step => ({
  type: 'marks',
  micrograph: 1,
  changes: [{ before: null, after: label({ id }) }],
  gesture: null,
})

/** The history of a page that did two things and took the second back. */
function used(): History {
  const history = new History()
  history.add(step('a'))
  history.add(step('b'))
  history.takeBack()
  return history
}

function reloaded(storage: Storage, user = 1, project = 2): History {
  const history = new History()
  keptHistory(storage, user, project, history)
  return history
}

test('after a reload undo and redo go on where they were', () => {
  const storage = fakeStorage()
  keptHistory(storage, 1, 2, used())()
  expect(reloaded(storage).takeBack()).toEqual(step('a'))
  expect(reloaded(storage).takeForward()).toEqual(step('b'))
})

test('another person and another project in the same tab start with an empty history', () => {
  const storage = fakeStorage()
  keptHistory(storage, 1, 2, used())()
  expect(reloaded(storage, 9, 2).canUndo.value).toBe(false)
  expect(reloaded(storage, 1, 3).canUndo.value).toBe(false)
})

test('a history too large for the browser is forgotten, not an older one kept', () => {
  const storage = fakeStorage(1000)
  const history = used()
  const keep = keptHistory(storage, 1, 2, history)
  keep()
  expect(reloaded(storage).canUndo.value).toBe(true)
  for (let i = 0; i < 20; i++) history.add(step(`${i}`))
  keep()
  expect(reloaded(storage).canUndo.value).toBe(false)
})

test('what an earlier version of the page kept is no history', () => {
  const storage = fakeStorage()
  const old = { micrograph: 1, changes: [], gesture: null }
  storage.setItem('cryoweb.undo.1.2', JSON.stringify({ done: [old], undone: [] }))
  expect(reloaded(storage).canUndo.value).toBe(false)
})

test('an entry that cannot be read is no history', () => {
  const storage = fakeStorage()
  storage.setItem('cryoweb.undo.1.2', 'no JSON')
  expect(reloaded(storage).canUndo.value).toBe(false)
})
