import type { Polygon } from '../../geometry/polygon'
import type { Thresholds } from '../picks/final'
import { COLUMNS, type PickBlock } from '../picks/picks'

/** Cells of the score plane along either side. */
export const CELLS = 128

/** The score nearest to 0 that has a place of its own; all below share the edge, and so at 1. */
const END = 0.001
const LARGEST_LOGIT = Math.log((1 - END) / END)

/** Scores at which the plane has lines. */
export const TICKS = [0.01, 0.1, 0.5, 0.9, 0.99] as const

/** Where a score lies along a side of the plane, in [0, 1]: by its logit, since good networks are sure of most. */
export function toPlane(score: number): number {
  const inner = Math.min(1 - END, Math.max(END, score))
  return 0.5 + Math.log(inner / (1 - inner)) / (2 * LARGEST_LOGIT)
}

/** The inverse of `toPlane`; the edges are 0 and 1. */
export function fromPlane(share: number): number {
  if (share <= 0) return 0
  if (share >= 1) return 1
  return 1 / (1 + Math.exp(-(share - 0.5) * 2 * LARGEST_LOGIT))
}

/** Counts of picks in CELLS × CELLS cells of the plane: particle score from left to right, contamination upwards. */
export function density(blocks: Iterable<PickBlock>): Uint32Array {
  const counts = new Uint32Array(CELLS * CELLS)
  for (const { rows } of blocks) {
    for (let i = 0; i < rows.length; i += COLUMNS) {
      const cell = (CELLS - 1 - cellOf(rows[i + 3] as number)) * CELLS + cellOf(rows[i + 2] as number)
      counts[cell] = (counts[cell] as number) + 1
    }
  }
  return counts
}

/** About how many of these picks pass two thresholds: cells that a threshold cuts count in part. */
export function passingIn(plane: Uint32Array, { particle, contamination }: Thresholds): number {
  const [from, to] = [toPlane(particle) * CELLS, toPlane(contamination) * CELLS]
  let passing = 0
  for (let row = 0; row < CELLS; row++) {
    const below = part(to - (CELLS - 1 - row))
    for (let column = Math.floor(from); below > 0 && column < CELLS; column++)
      passing += (plane[row * CELLS + column] as number) * below * part(column + 1 - from)
  }
  return passing
}

function part(share: number): number {
  return Math.min(1, Math.max(0, share))
}

function cellOf(score: number): number {
  return Math.min(CELLS - 1, Math.floor(toPlane(score) * CELLS))
}

/** How far a brush that is drawn to the plane's edge goes beyond it, so that scores of 0 and 1 are inside. */
const BEYOND = 0.02

/** A brush's corner in scores, from a place in the plane: shares of its side, y downwards. */
export function scoresOf(x: number, y: number): { x: number; y: number } {
  const clamp = (value: number): number => (value <= 0 ? -BEYOND : value >= 1 ? 1 + BEYOND : fromPlane(value))
  return { x: clamp(x), y: clamp(1 - y) }
}

export function boxBetween(a: { x: number; y: number }, b: { x: number; y: number }): Polygon {
  return [a, { x: b.x, y: a.y }, b, { x: a.x, y: b.y }]
}
