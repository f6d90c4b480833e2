import * as fake from 'fake-indexeddb'
import { vi } from 'vitest'

const {
  IDBFactory,
  IDBKeyRange,
  IDBDatabase,
  IDBObjectStore,
  IDBIndex,
  IDBCursor,
  IDBTransaction,
  IDBRequest,
} = fake

/** An empty database of a browser, until `vi.unstubAllGlobals`. */
export function fakeDatabase(): IDBFactory {
  const indexedDB = new IDBFactory()
  const names = { IDBKeyRange, IDBDatabase, IDBObjectStore, IDBIndex, IDBCursor, IDBTransaction, IDBRequest }
  for (const [name, value] of Object.entries({ indexedDB, ...names })) vi.stubGlobal(name, value)
  return indexedDB
}
