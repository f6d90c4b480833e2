import type { MarkStore } from '../marks/marks'
import { countPassing, type FinalPick, finalPicks, type Rule } from './final'
import type { PickStore } from './picks'

/** Final picks of every micrograph, computed on request and kept until something they depend on changes. */
export class Finals {
  readonly #picks = new Map<number, FinalPick[]>()
  readonly #counts = new Map<number, number>()

  constructor(
    readonly marks: MarkStore,
    readonly blocks: PickStore,
    readonly diameter: (micrograph: number) => number,
    /** Null where the micrograph is excluded: nothing counts there. */
    readonly rule: (micrograph: number) => Rule | null,
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
      const rule = this.rule(micrograph)
      const block = this.blocks.of(micrograph)
      picks = rule ? finalPicks(block, marks, this.diameter(micrograph), rule) : []
      this.#picks.set(micrograph, picks)
    }
    return picks
  }

  /** Where nobody marked anything the rule alone decides: most micrographs of a large project. */
  count(micrograph: number): number {
    let n = this.#counts.get(micrograph)
    if (n === undefined) {
      const { labels, regions, verdicts } = this.marks.of(micrograph)
      const block = this.blocks.of(micrograph)
      const rule = block && this.rule(micrograph)
      if (labels.length + regions.length + verdicts.length > 0) n = this.of(micrograph).length
      else n = block && rule ? countPassing(block, rule) : 0
      this.#counts.set(micrograph, n)
    }
    return n
  }
}
