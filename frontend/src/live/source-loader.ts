import { getSourcePicks } from '../api/sources'
import type { ProjectState } from '../model/project'
import { persist } from './persist'

/** Fetches the picks of sources that are to be shown, each once: they never change. */
export class SourceLoader {
  readonly #asked = new Set<number>()
  stopped = false

  constructor(
    readonly project: number,
    readonly state: ProjectState,
    readonly say: (message: string) => void,
  ) {}

  async load(source: number): Promise<void> {
    if (this.#asked.has(source) || this.stopped) return
    this.#asked.add(source)
    await this.#fetch(source)
  }

  /** A micrograph was restored: its picks come with the others. */
  loadAgain(): void {
    for (const source of this.#asked) void this.#fetch(source)
  }

  async #fetch(source: number): Promise<void> {
    await persist(this, async () => {
      const blocks = await getSourcePicks(this.project, source)
      const there = this.state.sources.peek().some(row => row.id === source)
      if (!this.stopped && there) this.state.sourceBlocks.put(source, new Map(blocks))
    })
  }

  /** All is to be fetched again. */
  forget(): void {
    this.#asked.clear()
    this.state.sourceBlocks.clear()
  }

  stop(): void {
    this.stopped = true
  }
}
