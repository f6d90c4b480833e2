import { CELLS, fromPlane } from '../model/gallery/plane'
import type { Thresholds } from '../model/picks/final'
import { DENSITY } from './colours'

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
    const x = fromPlane(((i % CELLS) + 0.5) / CELLS)
    const y = fromPlane((CELLS - Math.floor(i / CELLS) - 0.5) / CELLS)
    const colour = x >= particle && y <= contamination ? DENSITY.counting : DENSITY.leftOut
    pixels.set(colour, 4 * i)
    pixels[4 * i + 3] = count === 0 ? 0 : FAINTEST + scale * Math.log1p(count)
  }
}
