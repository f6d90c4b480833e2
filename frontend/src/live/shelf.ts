import { type ReadonlySignal, signal } from '@preact/signals'
import { type DBSchema, type IDBPDatabase, type IDBPObjectStore, openDB } from 'idb'
import type { Operation } from '../wire'
import { PageAlive } from './pages-alive'
import { SpareShelf } from './spare-shelf'

/** A browser whose database does not open within this time has none, ms. */
const OPENS_WITHIN = 2000

/** User, project, page, and a number that grows from one operation to the next, whichever page they are of. */
type Key = [number, number, string, number]

interface Kept extends DBSchema {
  unsent: { key: Key; value: Operation }
}

type Database = IDBPDatabase<Kept>
type Store = IDBPObjectStore<Kept, ['unsent'], 'unsent', 'readwrite'>

/** An operation of this page; `written`: whether the database has it. */
interface Entry {
  readonly operation: Operation
  readonly key: Key
  written: boolean
}

/** Where unsent operations outlive their page. */
export interface Shelf {
  /** What pages that are closed left unsent, in order; this page takes it over. */
  adopt(): Promise<Operation[]>
  add(operations: readonly Operation[]): void
  remove(operations: readonly Operation[]): void
}

/**
 * The browser's database, one entry an operation. It writes a moment later: what it does not have yet when the page
 * closes, and all where it fails (private windows, a full disk), is kept in localStorage.
 */
export class BrowserShelf implements Shelf {
  readonly #kept = signal(true)
  readonly #spare: SpareShelf
  readonly #page = crypto.randomUUID()
  readonly #alive = new PageAlive(this.#page)
  readonly #here = new Map<string, Entry>()
  #database: Database | null = null
  #spareUsed = false
  #adopted = false
  #closed = false
  #last = 0
  readonly #hide = (): void => this.#keepSpare()

  constructor(
    readonly user: number,
    readonly project: number,
    storage: Storage = localStorage,
  ) {
    this.#spare = new SpareShelf(storage, user, project, this.#page)
  }

  /** Whether what is unsent would outlive this page. */
  get kept(): ReadonlySignal<boolean> {
    return this.#kept
  }

  async open(): Promise<void> {
    await this.#alive.begin()
    this.#database = await opened()
    if (this.#closed) {
      this.#database?.close()
      return this.#alive.end()
    }
    addEventListener('pagehide', this.#hide)
  }

  close(): void {
    if (this.#closed) return
    this.#closed = true
    removeEventListener('pagehide', this.#hide)
    this.#keepSpare()
    this.#database?.close() // after what it is writing
    this.#alive.end()
  }

  /** A second time only where it can be told which pages are still open. */
  async adopt(): Promise<Operation[]> {
    if (this.#adopted && !this.#alive.locks) return []
    this.#adopted = true
    const alive = await this.#alive.all()
    const taken = await this.#takeOver(alive)
    const spare = this.#spare.adopt(alive).filter(({ operation }) => !this.#here.has(operation))
    this.add(spare)
    return [...taken, ...spare]
  }

  add(operations: readonly Operation[]): void {
    const entries = operations.map(operation => ({ operation, key: this.#nextKey(), written: false }))
    for (const entry of entries) this.#here.set(entry.operation.operation, entry)
    void this.#write(store =>
      Promise.all(entries.map(({ operation, key }) => store.put(operation, key))),
    ).then(written => {
      for (const entry of entries) entry.written = written
      if (!written || this.#spareUsed) this.#keepSpare()
    })
  }

  remove(operations: readonly Operation[]): void {
    const gone = operations.flatMap(({ operation }) => this.#here.get(operation) ?? [])
    for (const { operation } of operations) this.#here.delete(operation)
    void this.#write(store => Promise.all(gone.map(({ key }) => store.delete(key))))
    if (this.#spareUsed) this.#keepSpare()
  }

  /** What closed pages left in the database, which is this page's from the same moment. */
  async #takeOver(alive: ReadonlySet<string>): Promise<Operation[]> {
    const taken: Entry[] = []
    await this.#write(async store => {
      const range = IDBKeyRange.bound([this.user, this.project], [this.user, this.project, []])
      const [keys, operations] = await Promise.all([store.getAllKeys(range), store.getAll(range)])
      const left = keys.flatMap((old, i) => {
        const operation = operations[i]
        return operation && old[2] !== this.#page && !alive.has(old[2]) ? [{ old, operation }] : []
      })
      left.sort((a, b) => a.old[3] - b.old[3])
      taken.push(...left.map(({ operation }) => ({ operation, key: this.#nextKey(), written: true })))
      await Promise.all(left.map(({ old }) => store.delete(old)))
      await Promise.all(taken.map(({ operation, key }) => store.put(operation, key)))
    })
    for (const entry of taken) this.#here.set(entry.operation.operation, entry)
    return taken.map(({ operation }) => operation)
  }

  /** Whether the database did it. */
  async #write(work: (store: Store) => Promise<unknown>): Promise<boolean> {
    try {
      const change = this.#database?.transaction('unsent', 'readwrite')
      if (!change) return false
      await Promise.all([work(change.store), change.done])
      return true
    } catch (error) {
      if (!(error instanceof DOMException)) throw error
      return false
    }
  }

  #keepSpare(): void {
    const loose = [...this.#here.values()].filter(({ written }) => !written)
    this.#kept.value = this.#spare.keep(loose.map(({ operation }) => operation))
    this.#spareUsed = loose.length > 0
  }

  #nextKey(): Key {
    this.#last = Math.max(this.#last + 1, Date.now())
    return [this.user, this.project, this.#page, this.#last]
  }
}

async function opened(): Promise<Database | null> {
  if (!globalThis.indexedDB) return null
  const upgrade = (database: Database): void => void database.createObjectStore('unsent')
  const late = new Promise<null>(resolve => setTimeout(() => resolve(null), OPENS_WITHIN))
  return Promise.race([openDB<Kept>('cryoweb', 1, { upgrade }).catch(() => null), late])
}
