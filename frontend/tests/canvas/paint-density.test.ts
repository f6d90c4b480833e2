import { expect, test } from 'vitest'
import { paintDensity } from '../../src/canvas/paint-density'
import { CELLS, density, toPlane } from '../../src/model/gallery/plane'
import { block } from '../make'

const at = (column: number, row: number): number => row * CELLS + column

test('what counts has another colour than what is left out; empty cells are clear', () => {
  const counts = density([
    block([
      [0, 0, 0.9, 0.1],
      [0, 0, 0.9, 0.9],
    ]),
  ])
  const pixels = new Uint8ClampedArray(4 * CELLS * CELLS)
  paintDensity(counts, { particle: 0.5, contamination: 0.5 }, pixels)
  const column = Math.floor(toPlane(0.9) * CELLS)
  const [low, high] = [0.1, 0.9].map(score => CELLS - 1 - Math.floor(toPlane(score) * CELLS)) as [
    number,
    number,
  ]
  const counting = pixels.slice(4 * at(column, low), 4 * at(column, low) + 4)
  const out = pixels.slice(4 * at(column, high), 4 * at(column, high) + 4)
  expect(counting[3]).toBeGreaterThan(90)
  expect(out[3]).toBe(counting[3])
  expect([...out.slice(0, 3)]).not.toEqual([...counting.slice(0, 3)])
  expect(pixels[3]).toBe(0)
})
