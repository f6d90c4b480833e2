import type { Figures, LabelKind, Training, TrainingDetail } from '../../wire'
import type { Thresholds } from '../picks/final'
import { bestF1, type Figure, f1Score, share } from './interval'

/** A labelled place that was held out: its kind, particle and contamination score; both 0 where nothing was seen. */
export type HeldOut = TrainingDetail['held_out'][number]

export interface Measures {
  readonly precision: Figure
  readonly recall: Figure
  readonly f1: Figure
}

/** Of `found` picks, `right` lie on one of the `wanted` particles. */
export function measures(right: number, found: number, wanted: number): Measures {
  return {
    precision: share(right / Math.max(1, found), found),
    recall: share(right / Math.max(1, wanted), wanted),
    f1: f1Score(right, found, wanted),
  }
}

/** Recall and precision of all held-out places down to each one that has a pick, by the combined score. */
export function precisionRecall(places: readonly HeldOut[]): [recall: number, precision: number][] {
  const ranked = places
    .map(([kind, particle, contamination]) => ({ kind, score: particle * (1 - contamination) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
  const positives = count(places, 'particle')
  let right = 0
  return ranked.map(({ kind }, i) => {
    if (kind === 'particle') right++
    return [right / Math.max(1, positives), right / (i + 1)]
  })
}

/** How good the picks are that the thresholds leave; a score equal to a threshold passes. */
export function atThresholds(places: readonly HeldOut[], thresholds: Thresholds): Measures {
  const left = places.filter(
    ([, particle, contamination]) =>
      particle > 0 && particle >= thresholds.particle && contamination <= thresholds.contamination,
  )
  return measures(count(left, 'particle'), left.length, count(places, 'particle'))
}

/** How many held-out labels of a kind have a score in each of `bins` equal bins over [0, 1]. */
export function scoreCounts(
  places: readonly HeldOut[],
  kind: LabelKind,
  network: 'particle' | 'contamination',
  bins: number,
): number[] {
  const counts = new Array<number>(bins).fill(0)
  for (const [of, particle, contamination] of places) {
    if (of !== kind) continue
    const bin = Math.min(bins - 1, Math.floor((network === 'particle' ? particle : contamination) * bins))
    counts[bin] = (counts[bin] as number) + 1
  }
  return counts
}

/** The figures of a validation; null where there are none. */
export function figuresOf({ validation }: Pick<Training, 'validation'>): Figures | null {
  return validation && 'average_precision' in validation ? validation : null
}

/**
 * Average precision with its confidence interval: a share of the particles held out, as K. Boyd, K. H. Eng and C. D.
 * Page treat it (ECML PKDD 2013, binomial interval), by Wilson's interval.
 */
export function averagePrecisionOf({ average_precision, particles }: Figures): Figure {
  return share(average_precision, particles)
}

export function bestF1Of({ best_f1, particles }: Figures): Figure {
  return bestF1(best_f1, particles)
}

/** What differs between the settings of two trainings: the name, and the value of each as text, – for none. */
export function differences(a: unknown, b: unknown, name = ''): [name: string, a: string, b: string][] {
  if (isRecord(a) || isRecord(b)) {
    const [left, right] = [isRecord(a) ? a : {}, isRecord(b) ? b : {}]
    const keys = [...new Set([...Object.keys(left), ...Object.keys(right)])]
    return keys.flatMap(key => differences(left[key], right[key], name ? `${name} ${key}` : key))
  }
  const [left, right] = [text(a), text(b)]
  return left === right ? [] : [[name.replaceAll('_', ' '), left, right]]
}

function count(places: readonly HeldOut[], kind: LabelKind): number {
  return places.filter(place => place[0] === kind).length
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function text(value: unknown): string {
  return value === undefined ? '–' : JSON.stringify(value)
}
