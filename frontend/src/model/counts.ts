import { computed, signal } from '@preact/signals'
import type { LabelKind } from '../wire'
import { LABEL_KINDS } from './marks/mark'
import type { FinalPick } from './picks/final'
import type { Told } from './picks/summary'
import type { ProjectState } from './project'

/**
 * What is on a micrograph, or on all. Verdicts are used in training but are not labels: they are counted separately.
 */
export interface Tally extends Record<LabelKind, number> {
  /** Verdicts that say particle: picks that were accepted or moved. */
  readonly accepted: number
  /** Picks that were rejected by themselves: examples of background. */
  readonly rejected: number
  /** Picks that were rejected with their class of averages: examples of contamination. */
  readonly rejectedInClass: number
  /** Whether it has a label, or a region drawn by hand. */
  readonly labelled: boolean
  /** Final picks: what the thresholds leave, and what people marked, accepted or moved. */
  readonly final: number
  /** Those of them that the networks found: all but the particles that people labelled. */
  readonly found: number
}

const SUMS = [...LABEL_KINDS, 'accepted', 'rejected', 'rejectedInClass', 'final', 'found'] as const

/** Whether there are at least so many labels of particles and of background; verdicts and `taught` picks count too. */
export function canTrain(
  { particle, accepted, background, rejected }: Tally,
  least: number,
  taught = 0,
): boolean {
  return particle + accepted + taught >= least && background + rejected >= least
}

export function isJudged({ accepted, rejected, rejectedInClass }: Tally): boolean {
  return accepted + rejected + rejectedInClass > 0
}

export function meanScore(picks: readonly FinalPick[]): number | null {
  let sum = 0
  let count = 0
  for (const { particleScore } of picks) {
    if (particleScore === null) continue
    sum += particleScore
    count++
  }
  return count === 0 ? null : sum / count
}

/** By the micrograph's id. */
interface Known {
  readonly tallies: Map<number, Tally>
  readonly scores: Map<number, number | null>
}

/** Counts for lists and panels: they follow marks, picks and thresholds at most once a frame. */
export class Counts {
  /** What has been counted: a new object whenever a count may have changed, so that its readers are notified. */
  readonly #known = signal<Known>({ tallies: new Map(), scores: new Map() })
  readonly #included = computed(() => this.state.micrographs.value.filter(({ excluded }) => !excluded))
  /** How many are not excluded. */
  readonly included = computed(() => this.#included.value.length)
  /** Of those that take part, micrographs that carry a label or a region. */
  readonly labelled = computed(() => this.#having(({ labelled }) => labelled))
  /** Of those that take part, micrographs on which a pick was accepted, moved or rejected. */
  readonly judged = computed(() => this.#having(isJudged))
  /** Whether the networks have picked any that takes part. */
  readonly picked = computed(() => this.#included.value.some(({ picks }) => picks !== null))
  /** Of all that take part: a new object whenever a count may have changed. */
  readonly total = computed(() => this.#sum(this.#included.value))
  /** Of those whose marks the networks learn from: all that take part but those that are labelled blind. */
  readonly teaching = computed(() => {
    const open = this.#included.value.filter(({ blind }) => !blind)
    return open.length === this.#included.value.length ? this.total.value : this.#sum(open)
  })
  #due = false

  constructor(
    readonly state: ProjectState,
    readonly nextFrame: (run: () => void) => void,
  ) {
    state.marks.listen(micrograph => this.touch(micrograph))
    state.blocks.listen(micrograph => this.touch(micrograph))
  }

  touch(micrograph: number): void {
    const { tallies, scores } = this.#known.peek()
    tallies.delete(micrograph)
    scores.delete(micrograph)
    this.#schedule()
  }

  touchAll(): void {
    const { tallies, scores } = this.#known.peek()
    tallies.clear()
    scores.clear()
    this.#schedule()
  }

  of(micrograph: number): Tally {
    return this.#of(micrograph, this.#known.value)
  }

  /** What is known is read once for ten thousand: each reading of a signal notes that it was read. */
  #of(micrograph: number, { tallies }: Known): Tally {
    let tally = tallies.get(micrograph)
    if (!tally) {
      tally = this.#count(micrograph)
      tallies.set(micrograph, tally)
    }
    return tally
  }

  /** How many of those that take part have tallies of which something holds. */
  #having(holds: (tally: Tally) => boolean): number {
    const known = this.#known.value
    return this.#included.value.filter(({ id }) => holds(this.#of(id, known))).length
  }

  /** Mean particle score of the picks that count; null without any. */
  score(micrograph: number): number | null {
    const { scores } = this.#known.value
    const known = scores.get(micrograph)
    const told = this.#told(micrograph)
    const score =
      known === undefined ? (told ? told.score : meanScore(this.state.finals.of(micrograph))) : known
    scores.set(micrograph, score)
    return score
  }

  #count(micrograph: number): Tally {
    const { finals, marks } = this.state
    const { labels, regions, verdicts } = marks.of(micrograph)
    const of = (kind: LabelKind): number => labels.filter(label => label.kind === kind).length
    const told = this.#told(micrograph)
    const final = told ? told.final : finals.count(micrograph)
    const rejected = verdicts.filter(({ kind }) => kind === 'reject')
    const rejectedInClass = rejected.filter(({ fit }) => fit !== null).length
    return {
      particle: of('particle'),
      background: of('background'),
      contamination: of('contamination'),
      accepted: verdicts.length - rejected.length,
      rejected: rejected.length - rejectedInClass,
      rejectedInClass,
      labelled: labels.length + regions.length > 0,
      final,
      found: told ? told.found : this.#found(micrograph, final),
    }
  }

  #found(micrograph: number, final: number): number {
    const { finals, marks } = this.state
    if (marks.of(micrograph).labels.length === 0) return final
    return finals.of(micrograph).filter(each => each.source !== 'label').length
  }

  /** What the server counted, where this page does not hold the picks. */
  #told(micrograph: number): Told | undefined {
    const { blocks, summary } = this.state
    const told = blocks.of(micrograph) ? undefined : summary.peek()?.of(micrograph)
    return told && this.state.rule(micrograph) ? told : undefined
  }

  #sum(rows: readonly { readonly id: number }[]): Tally {
    const known = this.#known.value
    const sum = Object.fromEntries(SUMS.map(key => [key, 0])) as Record<(typeof SUMS)[number], number>
    for (const { id } of rows) {
      const tally = this.#of(id, known)
      for (const key of SUMS) sum[key] += tally[key]
    }
    return { ...sum, labelled: this.labelled.value > 0 }
  }

  #schedule(): void {
    if (this.#due) return
    this.#due = true
    this.nextFrame(() => {
      this.#due = false
      this.#known.value = { ...this.#known.peek() }
    })
  }
}
