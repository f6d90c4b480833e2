import { expect, test } from 'vitest'
import { storageShelf } from '../../src/live/shelf'
import { fakeStorage } from '../fake-storage'
import { label, put } from '../make'

test('what one page kept the next one adopts, once', () => {
  const storage = fakeStorage()
  const operation = put(label())
  storageShelf(storage, 1, 2, 'first').keep([operation])
  expect(storageShelf(storage, 1, 2, 'second').adopt()).toEqual([operation])
  expect(storageShelf(storage, 1, 2, 'third').adopt()).toEqual([])
})

test('other people and other projects are left alone', () => {
  const storage = fakeStorage()
  storageShelf(storage, 1, 2, 'page').keep([put(label())])
  expect(storageShelf(storage, 9, 2, 'page').adopt()).toEqual([])
  expect(storageShelf(storage, 1, 3, 'page').adopt()).toEqual([])
})

test('an operation that two tabs kept is adopted once', () => {
  const storage = fakeStorage()
  const operation = put(label())
  storageShelf(storage, 1, 2, 'a').keep([operation])
  storageShelf(storage, 1, 2, 'b').keep([operation])
  expect(storageShelf(storage, 1, 2, 'c').adopt()).toEqual([operation])
})

test('nothing kept leaves no entry behind', () => {
  const storage = fakeStorage()
  const shelf = storageShelf(storage, 1, 2, 'page')
  shelf.keep([put(label())])
  shelf.keep([])
  expect(Object.keys(storage)).toEqual([])
})

test('what is too much for the browser to keep is no reason not to send it', () => {
  const storage = fakeStorage()
  Object.getPrototypeOf(storage).setItem = () => {
    throw new DOMException('full', 'QuotaExceededError')
  }
  const shelf = storageShelf(storage, 1, 2, 'page')
  expect(() => shelf.keep([put(label())])).not.toThrow()
  expect(shelf.adopt()).toEqual([])
})
