import { COLUMNS, type PickBlock } from './picks'

export interface Histograms {
  readonly particle: Uint32Array
  readonly contamination: Uint32Array
  readonly total: number
}

/** Counts of both scores in `bins` equal bins over [0, 1]; a score of 1 falls into the last. */
export function histograms(blocks: Iterable<PickBlock>, bins: number): Histograms {
  const particle = new Uint32Array(bins)
  const contamination = new Uint32Array(bins)
  let total = 0
  for (const { rows } of blocks) {
    for (let i = 0; i < rows.length; i += COLUMNS) {
      tally(particle, rows[i + 2] as number)
      tally(contamination, rows[i + 3] as number)
    }
    total += rows.length / COLUMNS
  }
  return { particle, contamination, total }
}

function tally(counts: Uint32Array, score: number): void {
  const bin = Math.min(counts.length - 1, Math.max(0, Math.floor(score * counts.length)))
  counts[bin] = (counts[bin] as number) + 1
}
