import { signal } from '@preact/signals'
import type { ProjectState } from './project'
import { LABEL_KINDS, type LabelKind, type Micrograph } from './types'

export type Tally = Record<LabelKind, number> & { final: number; marked: boolean }

/** Counts for lists and panels: they follow marks, picks and thresholds at most once a frame. */
export class Counts {
  /** Goes up whenever a count may have changed: read it to be told. */
  readonly version = signal(0)
  #due = false
  #tallies = new Map<number, Tally>()

  constructor(
    readonly state: ProjectState,
    readonly nextFrame: (run: () => void) => void,
  ) {
    state.marks.listen(micrograph => this.touch(micrograph))
    state.blocks.listen(micrograph => this.touch(micrograph))
  }

  touch(micrograph: number): void {
    this.#tallies.delete(micrograph)
    this.#schedule()
  }

  touchAll(): void {
    this.#tallies.clear()
    this.#schedule()
  }

  of(micrograph: number): Tally {
    let tally = this.#tallies.get(micrograph)
    if (!tally) {
      const { labels, regions, verdicts } = this.state.marks.of(micrograph)
      tally = { particle: 0, background: 0, contamination: 0, final: 0, marked: false }
      for (const label of labels) tally[label.kind]++
      tally.final = this.state.finals.count(micrograph)
      tally.marked = labels.length + regions.length + verdicts.length > 0
      this.#tallies.set(micrograph, tally)
    }
    return tally
  }

  total(): Tally {
    const sum: Tally = { particle: 0, background: 0, contamination: 0, final: 0, marked: false }
    for (const { id } of this.#included()) {
      const tally = this.of(id)
      for (const kind of LABEL_KINDS) sum[kind] += tally[kind]
      sum.final += tally.final
    }
    return sum
  }

  /** Of those that take part, micrographs that carry at least one mark. */
  marked(): number {
    return this.#included().filter(({ id }) => this.of(id).marked).length
  }

  /** How many there are that nobody excluded. */
  included(): number {
    return this.#included().length
  }

  #included(): readonly Micrograph[] {
    return this.state.micrographs.value.filter(({ excluded }) => !excluded)
  }

  #schedule(): void {
    if (this.#due) return
    this.#due = true
    this.nextFrame(() => {
      this.#due = false
      this.version.value++
    })
  }
}
