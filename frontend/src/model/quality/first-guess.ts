import { COLUMNS, type PickBlock } from '../picks/picks'

/**
 * The least F1 to be expected of a guess, as the worker estimates it from the scores. It was 0.1 to 0.2 on noise, on empty
 * ice and with a diameter four times too small, 0.7 with weak particles and 0.97 and more with clear ones.
 */
export const LEAST_F1 = 0.5
/** Kept picks on a micrograph, on average, below which a first guess has found hardly anything. */
export const LEAST_FOUND = 5

/** How sure a first guess looks, without labels. */
export interface Sureness {
  /** Picks that pass the thresholds, whatever people said of them. */
  readonly kept: number
  readonly micrographs: number
  /** Their mean score. */
  readonly mean: number
  /** Why people should rather label; null where the guess is worth checking. */
  readonly poor: 'few' | 'unsure' | null
}

export function surenessOf(
  blocks: Iterable<PickBlock>,
  thresholds: { readonly particle: number; readonly contamination: number },
  expectedF1: number,
): Sureness {
  let micrographs = 0
  let kept = 0
  let sum = 0
  for (const { rows } of blocks) {
    micrographs++
    for (let i = 0; i < rows.length; i += COLUMNS) {
      const particle = rows[i + 2] as number
      const contamination = rows[i + 3] as number
      if (particle < thresholds.particle || contamination > thresholds.contamination) continue
      kept++
      sum += particle * (1 - contamination)
    }
  }
  return judged({ kept, micrographs, mean: kept > 0 ? sum / kept : 0 }, expectedF1)
}

/** What these numbers mean, however they were counted. */
export function judged(found: Omit<Sureness, 'poor'>, expectedF1: number): Sureness {
  const { kept, micrographs } = found
  const poor = kept < LEAST_FOUND * micrographs ? 'few' : expectedF1 < LEAST_F1 ? 'unsure' : null
  return { ...found, poor }
}
