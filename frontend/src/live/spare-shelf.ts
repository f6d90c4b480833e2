import type { Operation } from '../wire'

/**
 * localStorage, which takes what is unsent at once: for what a page that closes has just been told, and where there is
 * no database. Earlier versions kept all here. One key a page, so that two tabs never overwrite each other.
 */
export class SpareShelf {
  readonly #prefix: string

  constructor(
    readonly storage: Storage,
    user: number,
    project: number,
    readonly page: string,
  ) {
    this.#prefix = `cryoweb.unsent.${user}.${project}.`
  }

  /** What pages that are not `alive` left. */
  adopt(alive: ReadonlySet<string>): Operation[] {
    const keys = Object.keys(this.storage).filter(key => this.#isLeft(key, alive))
    const found = keys.flatMap(key => this.#read(key))
    for (const key of keys) this.storage.removeItem(key)
    return found
  }

  /** Keeps these in place of those before; returns whether the browser does. */
  keep(operations: readonly Operation[]): boolean {
    const key = this.#prefix + this.page
    try {
      if (operations.length === 0) this.storage.removeItem(key)
      else this.storage.setItem(key, JSON.stringify(operations))
      return true
    } catch (error) {
      if (!(error instanceof DOMException)) throw error
      return false // browsers keep some 5 MB, tens of thousands of changes; some keep nothing
    }
  }

  #isLeft(key: string, alive: ReadonlySet<string>): boolean {
    const page = key.slice(this.#prefix.length)
    return key.startsWith(this.#prefix) && page !== this.page && !alive.has(page)
  }

  #read(key: string): Operation[] {
    try {
      return JSON.parse(this.storage.getItem(key) ?? '[]') as Operation[]
    } catch {
      return []
    }
  }
}
