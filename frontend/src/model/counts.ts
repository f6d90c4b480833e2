import { signal } from '@preact/signals'
import type { ProjectState } from './project'
import { LABEL_KINDS, type LabelKind, type Micrograph } from './types'

/**
 * What is on a micrograph, or on all. Verdicts are used in training but are not labels: they are counted separately.
 */
export interface Tally extends Record<LabelKind, number> {
  /** Verdicts that say particle: picks that were accepted or moved. */
  readonly accepted: number
  readonly rejected: number
  /** Whether it has a label, or a region drawn by hand. */
  readonly labelled: boolean
  /** Final picks: what the thresholds leave, and what people marked, accepted or moved. */
  readonly final: number
  /** Those of them that the networks found: all but the particles that people labelled. */
  readonly found: number
}

const SUMS = [...LABEL_KINDS, 'accepted', 'rejected', 'final', 'found'] as const

/** Fewest labels of particles and of background that the networks can learn from; verdicts teach as well. */
export const LEAST = 5

export function canTrain({ particle, accepted, background, rejected }: Tally): boolean {
  return particle + accepted >= LEAST && background + rejected >= LEAST
}

export function isJudged({ accepted, rejected }: Tally): boolean {
  return accepted + rejected > 0
}

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
      tally = this.#count(micrograph)
      this.#tallies.set(micrograph, tally)
    }
    return tally
  }

  #count(micrograph: number): Tally {
    const { finals, marks } = this.state
    const { labels, regions, verdicts } = marks.of(micrograph)
    const of = (kind: LabelKind): number => labels.filter(label => label.kind === kind).length
    const final = finals.count(micrograph)
    const rejected = verdicts.filter(({ kind }) => kind === 'reject').length
    return {
      particle: of('particle'),
      background: of('background'),
      contamination: of('contamination'),
      accepted: verdicts.length - rejected,
      rejected,
      labelled: labels.length + regions.length > 0,
      final,
      found: labels.length > 0 ? finals.of(micrograph).filter(each => each.source !== 'label').length : final,
    }
  }

  total(): Tally {
    const sum = Object.fromEntries(SUMS.map(key => [key, 0])) as Record<(typeof SUMS)[number], number>
    for (const { id } of this.#included()) {
      const tally = this.of(id)
      for (const key of SUMS) sum[key] += tally[key]
    }
    return { ...sum, labelled: this.labelled() > 0 }
  }

  /** Of those that take part, micrographs that carry a label or a region. */
  labelled(): number {
    return this.#included().filter(({ id }) => this.of(id).labelled).length
  }

  /** Of those that take part, micrographs on which a pick was accepted, moved or rejected. */
  judged(): number {
    return this.#included().filter(({ id }) => isJudged(this.of(id))).length
  }

  /** Whether the networks have picked any that takes part. */
  picked(): boolean {
    return this.#included().some(({ picks }) => picks !== null)
  }

  /** How many are not excluded. */
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
