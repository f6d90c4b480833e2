import { type ReadonlySignal, signal } from '@preact/signals'
import { ApiError } from '../api/client'
import { getHistory, getHistoryPage, type HistoryFilter } from '../api/history'
import { joined } from '../model/history/entries'
import type { HistoryEntry, HistoryPage } from '../wire'

/** Changes of a page. */
const PAGE = 300
/** What is new is asked for at most so often, ms. */
const CALM = 1500

const ALL: HistoryFilter = { person: null, kind: null, micrograph: null, since: null, until: null }

/** The history as far as it was scrolled to, the newest first; while it is followed, what is new comes on top. */
export class HistoryList {
  readonly filter = signal<HistoryFilter>(ALL)
  readonly entries = signal<readonly HistoryEntry[]>([])
  /** Whether there may be older ones. */
  readonly more = signal(true)
  readonly busy = signal(false)
  readonly error = signal('')
  #next: string | null = null
  #timer = 0

  constructor(
    readonly project: number,
    readonly reached: ReadonlySignal<number>,
  ) {}

  /** Keeps up with the project; returns a function that ends it. */
  follow(): () => void {
    void this.#begin()
    const end = this.reached.subscribe(() => {
      if (this.#timer === 0) this.#timer = window.setTimeout(() => void this.#catchUp(), CALM)
    })
    return () => {
      end()
      clearTimeout(this.#timer)
      this.#timer = 0
    }
  }

  narrow(change: Partial<HistoryFilter>): void {
    this.filter.value = { ...this.filter.peek(), ...change }
    void this.#begin()
  }

  /** The next page of older ones. */
  async older(): Promise<void> {
    const address = this.#next
    if (this.busy.peek() || address === null) return
    await this.#ask(
      () => getHistoryPage(address),
      page => {
        this.#take(page)
        this.entries.value = joined(this.entries.peek(), page.results)
      },
    )
  }

  #begin(): Promise<void> {
    return this.#ask(
      () => getHistory(this.project, this.filter.peek(), PAGE),
      page => {
        this.#take(page)
        this.entries.value = page.results
      },
    )
  }

  async #catchUp(): Promise<void> {
    if (this.busy.peek()) {
      this.#timer = window.setTimeout(() => void this.#catchUp(), CALM)
      return
    }
    this.#timer = 0
    const [newest] = this.entries.peek()
    if (!newest) return this.#begin()
    await this.#ask(
      () => getHistory(this.project, this.filter.peek(), PAGE, newest.last),
      page => {
        if (page.next === null) this.entries.value = joined(page.results, this.entries.peek())
        else void this.#begin() // more than a page: from the top again
      },
    )
  }

  #take({ next }: HistoryPage): void {
    this.#next = next
    this.more.value = next !== null
  }

  /** Takes an answer unless something else is looked for by then. */
  async #ask(work: () => Promise<HistoryPage>, take: (page: HistoryPage) => void): Promise<void> {
    const filter = this.filter.peek()
    this.busy.value = true
    this.error.value = ''
    try {
      const page = await work()
      if (filter === this.filter.peek()) take(page)
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      this.error.value = error.message
    } finally {
      this.busy.value = false
    }
  }
}
