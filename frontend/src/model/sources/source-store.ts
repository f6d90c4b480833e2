import type { PickBlock } from '../picks/picks'

/** The picks of sources other than trainings, as far as they were fetched: by source, then by micrograph. */
export class SourceStore {
  readonly #blocks = new Map<number, ReadonlyMap<number, PickBlock>>()
  readonly #listeners = new Set<(source: number) => void>()

  of(source: number, micrograph: number): PickBlock | null {
    return this.#blocks.get(source)?.get(micrograph) ?? null
  }

  has(source: number): boolean {
    return this.#blocks.has(source)
  }

  /** How many picks of a source reach a score, on all micrographs; null before they were fetched. */
  count(source: number, least: number | null): number | null {
    const blocks = this.#blocks.get(source)
    if (!blocks) return null
    let n = 0
    for (const block of blocks.values()) {
      if (least === null) n += block.count
      else for (let i = 0; i < block.count; i++) if (block.particleScore(i) >= least) n++
    }
    return n
  }

  listen(listener: (source: number) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  put(source: number, blocks: ReadonlyMap<number, PickBlock>): void {
    this.#blocks.set(source, blocks)
    for (const listener of this.#listeners) listener(source)
  }

  remove(source: number): void {
    this.#blocks.delete(source)
    for (const listener of this.#listeners) listener(source)
  }

  clear(): void {
    this.#blocks.clear()
  }
}
