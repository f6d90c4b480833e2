import { getMicrographPicks, getProjectPicks } from '../api/projects'
import type { PickBlock } from '../model/picks/picks'
import { MOST_HELD, type ProjectState } from '../model/project'
import { persist } from './persist'

/** Requests under way at once. */
const PARALLEL = 3

/** Fetches picks as they are announced, the micrograph being looked at first. */
export class PickLoader {
  first: number | null = null
  readonly #wanted = new Set<number>()
  #running = 0
  stopped = false

  constructor(
    readonly project: number,
    readonly state: ProjectState,
    readonly say: (message: string) => void,
    /** All picks that were wanted of single micrographs are there. */
    readonly done: () => void = () => undefined,
  ) {}

  /** Fetches the picks to show of every micrograph, or of the one that is open where the page does not hold all. */
  async loadAll(): Promise<void> {
    if (!this.state.partial.peek()) return this.loadSome()
    this.state.blocks.clear()
    this.look(this.first)
  }

  /** Fetches as many as a page holds: all of them, or those of evenly chosen micrographs. */
  async loadSome(): Promise<void> {
    await persist(this, async () => this.#put(await getProjectPicks(this.project, MOST_HELD)))
    if (!this.stopped) this.state.notePicks()
  }

  /** A micrograph is opened. */
  look(micrograph: number | null): void {
    this.first = micrograph
    if (micrograph === null || !this.state.partial.peek()) return
    if (!this.state.blocks.of(micrograph)) this.load(micrograph)
  }

  /** Some were added: they are fetched where those of the micrograph are held. */
  added(micrograph: number): void {
    const { partial, blocks } = this.state
    if (!partial.peek() || micrograph === this.first || blocks.of(micrograph)) this.load(micrograph)
  }

  load(micrograph: number): void {
    this.#wanted.add(micrograph)
    while (this.#running < PARALLEL && this.#wanted.size > 0) void this.#work()
  }

  stop(): void {
    this.stopped = true
    this.#wanted.clear()
  }

  async #work(): Promise<void> {
    this.#running++
    for (let id = this.#next(); id !== null; id = this.#next()) {
      const micrograph = id
      await persist(this, async () => this.#put(await getMicrographPicks(micrograph)))
    }
    if (--this.#running === 0 && !this.stopped) this.done()
  }

  #next(): number | null {
    const chosen = this.first !== null && this.#wanted.has(this.first) ? this.first : [...this.#wanted][0]
    if (chosen === undefined) return null
    this.#wanted.delete(chosen)
    return chosen
  }

  #put(blocks: [number, PickBlock][]): void {
    if (this.stopped) return
    for (const [micrograph, block] of blocks) this.state.blocks.put(micrograph, block)
  }
}
