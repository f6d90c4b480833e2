import type { Polygon } from '../geometry/polygon'
import type { Thresholds } from './final'
import { COLUMNS, type PickBlock } from './picks'

/** Cells of the score plane along either side. */
export const CELLS = 128

/** Counts of picks in CELLS × CELLS cells over [0, 1]²: particle score from left to right, contamination upwards. */
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

function cellOf(score: number): number {
  return Math.min(CELLS - 1, Math.max(0, Math.floor(score * CELLS)))
}

type Colour = readonly [red: number, green: number, blue: number]
const COUNTING: Colour = [245, 230, 99]
const LEFT_OUT: Colour = [150, 162, 176]
/** A cell with one pick is to be seen. */
const FAINTEST = 90

/** Colours the cells, RGBA: denser ones stronger on a logarithmic scale, what the thresholds leave out grey. */
export function paintDensity(
  counts: Uint32Array,
  { particle, contamination }: Thresholds,
  pixels: Uint8ClampedArray,
): void {
  const most = counts.reduce((a, b) => Math.max(a, b), 1)
  const scale = (255 - FAINTEST) / Math.log1p(most)
  for (let i = 0; i < counts.length; i++) {
    const count = counts[i] as number
    const x = ((i % CELLS) + 0.5) / CELLS
    const y = (CELLS - Math.floor(i / CELLS) - 0.5) / CELLS
    const colour = x >= particle && y <= contamination ? COUNTING : LEFT_OUT
    pixels.set(colour, 4 * i)
    pixels[4 * i + 3] = count === 0 ? 0 : FAINTEST + scale * Math.log1p(count)
  }
}

/** How far a brush that is drawn to the plane's edge goes beyond it, so that scores of 0 and 1 are inside. */
const BEYOND = 0.02

/** A brush's corner in scores, from a place in the plane: shares of its side, y downwards. */
export function scoresOf(x: number, y: number): { x: number; y: number } {
  const clamp = (value: number): number => (value <= 0 ? -BEYOND : value >= 1 ? 1 + BEYOND : value)
  return { x: clamp(x), y: clamp(1 - y) }
}

export function boxBetween(a: { x: number; y: number }, b: { x: number; y: number }): Polygon {
  return [a, { x: b.x, y: a.y }, b, { x: a.x, y: b.y }]
}
