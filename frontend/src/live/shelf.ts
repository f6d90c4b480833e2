import type { Operation } from '../wire'

/** Where unsent operations outlive a reload. */
export interface Shelf {
  /** What earlier pages of this person left unsent; this page takes it over. */
  adopt(): Operation[]
  keep(operations: readonly Operation[]): void
}

/**
 * One key of localStorage a page, so that two tabs never overwrite each other. A tab that adopts the
 * operations of one still alive only sends them twice, which the server takes as once.
 */
export function storageShelf(storage: Storage, user: number, project: number, page: string): Shelf {
  const prefix = `cryoweb.unsent.${user}.${project}.`
  return {
    adopt() {
      const keys = Object.keys(storage).filter(key => key.startsWith(prefix))
      const found = keys.flatMap(key => read(storage, key))
      for (const key of keys) storage.removeItem(key)
      const seen = new Map(found.map(operation => [operation.operation, operation]))
      return [...seen.values()]
    },
    keep(operations) {
      const key = prefix + page
      if (operations.length === 0) return storage.removeItem(key)
      try {
        storage.setItem(key, JSON.stringify(operations))
      } catch (error) {
        // Browsers keep some 5 MB: tens of thousands of changes at once are sent, but would not outlive a reload.
        if (!(error instanceof DOMException)) throw error
      }
    },
  }
}

function read(storage: Storage, key: string): Operation[] {
  try {
    return JSON.parse(storage.getItem(key) ?? '[]') as Operation[]
  } catch {
    return []
  }
}
