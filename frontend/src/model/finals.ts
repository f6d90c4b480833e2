import { countPassing, type FinalPick, finalPicks, type Thresholds } from './final'
import type { MarkStore } from './marks'
import type { PickStore } from './picks'

/** Final picks of every micrograph, worked out when asked for and kept until something they rest on changes. */
export class Finals {
  #picks = new Map<number, FinalPick[]>()
  #counts = new Map<number, number>()

  constructor(
    readonly marks: MarkStore,
    readonly blocks: PickStore,
    readonly diameter: (micrograph: number) => number,
    readonly thresholds: () => Thresholds,
  ) {
    marks.listen(micrograph => this.forget(micrograph))
    blocks.listen(micrograph => this.forget(micrograph))
  }

  forget(micrograph: number): void {
    this.#picks.delete(micrograph)
    this.#counts.delete(micrograph)
  }

  forgetAll(): void {
    this.#picks.clear()
    this.#counts.clear()
  }

  of(micrograph: number): readonly FinalPick[] {
    let picks = this.#picks.get(micrograph)
    if (!picks) {
      const marks = this.marks.of(micrograph)
      picks = finalPicks(this.blocks.of(micrograph), marks, this.diameter(micrograph), this.thresholds())
      this.#picks.set(micrograph, picks)
    }
    return picks
  }

  /** Where nobody marked anything the thresholds alone decide: most micrographs of a large project. */
  count(micrograph: number): number {
    let n = this.#counts.get(micrograph)
    if (n === undefined) {
      const { labels, regions, verdicts } = this.marks.of(micrograph)
      const block = this.blocks.of(micrograph)
      if (labels.length + regions.length + verdicts.length > 0) n = this.of(micrograph).length
      else n = block ? countPassing(block, this.thresholds()) : 0
      this.#counts.set(micrograph, n)
    }
    return n
  }
}
