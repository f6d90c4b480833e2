import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { BrowserShelf } from '../../src/live/shelf'
import type { Operation } from '../../src/wire'
import { fakeDatabase } from '../fake-database'
import { fakeLocks } from '../fake-locks'
import { fakeStorage } from '../fake-storage'
import { label, put } from '../make'

const [a, b, c] = ['a', 'b', 'c'].map(operation => put(label(), operation)) as [
  Operation,
  Operation,
  Operation,
]

let storage: Storage
let hide: () => void

beforeEach(() => {
  vi.useRealTimers() // the database's own would never end where an earlier file left false ones
  storage = fakeStorage()
  fakeDatabase()
  vi.stubGlobal('navigator', { locks: fakeLocks() })
  vi.stubGlobal('addEventListener', (_: string, listener: () => void) => {
    hide = listener
  })
  vi.stubGlobal('removeEventListener', () => undefined)
})

afterEach(() => vi.unstubAllGlobals())

async function opened(user = 1, project = 2): Promise<BrowserShelf> {
  const shelf = new BrowserShelf(user, project, storage)
  await shelf.open()
  return shelf
}

/** Until the database has written what it was told. */
const written = (): Promise<void> => new Promise(resolve => setTimeout(resolve, 20))
const spare = (): number => Object.keys(storage).length

test('what a closed page left the next one adopts, in order and once', async () => {
  const first = await opened()
  first.add([a, b])
  first.add([c])
  first.remove([b])
  await written()
  first.close()
  expect(spare()).toBe(0)
  const second = await opened()
  expect(await second.adopt()).toEqual([a, c])
  expect(await (await opened()).adopt()).toEqual([])
  second.close()
  expect(await (await opened()).adopt()).toEqual([a, c])
})

test('a page that is still open keeps its own', async () => {
  const open = await opened()
  open.add([a])
  await written()
  const second = await opened()
  expect(await second.adopt()).toEqual([])
  open.close()
  await written()
  expect(await second.adopt()).toEqual([a])
})

test('other people and other projects are left alone', async () => {
  const shelf = await opened()
  shelf.add([a])
  await written()
  shelf.close()
  expect(await (await opened(9, 2)).adopt()).toEqual([])
  expect(await (await opened(1, 3)).adopt()).toEqual([])
})

test('a page that closes right after a click keeps it, although the database has not written yet', async () => {
  const shelf = await opened()
  shelf.add([a])
  hide()
  expect(spare()).toBe(1)
  vi.stubGlobal('indexedDB', undefined)
  vi.stubGlobal('navigator', { locks: fakeLocks() })
  expect(await (await opened()).adopt()).toEqual([a])
})

test('where there is no database it is kept in localStorage, and gone from there when it is sent', async () => {
  vi.stubGlobal('indexedDB', undefined)
  const shelf = await opened()
  shelf.add([a, b])
  await written()
  expect([spare(), shelf.kept.value]).toEqual([1, true])
  shelf.remove([a, b])
  expect(spare()).toBe(0)
})

test('where the database cannot write, localStorage keeps it', async () => {
  const shelf = await opened()
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
    throw new DOMException('full', 'QuotaExceededError')
  })
  shelf.add([a])
  await written()
  vi.restoreAllMocks()
  expect([spare(), shelf.kept.value]).toEqual([1, true])
})

test('where nothing keeps it, that is known', async () => {
  vi.stubGlobal('indexedDB', undefined)
  storage = fakeStorage(10)
  const shelf = await opened()
  shelf.add([a])
  await written()
  expect(shelf.kept.value).toBe(false)
  shelf.remove([a])
  await written()
})

test('what an earlier version kept is taken over once', async () => {
  storage.setItem('cryoweb.unsent.1.2.some-page', JSON.stringify([a]))
  storage.setItem('cryoweb.unsent.1.2.other-page', 'no JSON')
  const shelf = await opened()
  expect(await shelf.adopt()).toEqual([a])
  expect(spare()).toBe(0)
  await written()
  shelf.close()
  expect(await (await opened()).adopt()).toEqual([a])
})

test('without locks a page adopts once, also from pages that may be open: sending twice does no harm', async () => {
  vi.stubGlobal('navigator', {})
  const open = await opened()
  open.add([a])
  await written()
  const second = await opened()
  expect(await second.adopt()).toEqual([a])
  open.add([b])
  await written()
  expect(await second.adopt()).toEqual([])
})
