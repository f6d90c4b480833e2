import { expect, test } from 'vitest'
import { boxBetween, CELLS, density, paintDensity, scoresOf } from '../../src/model/plane'
import { block } from '../make'

const at = (column: number, row: number): number => row * CELLS + column

test('picks are counted where their scores lie, contamination upwards', () => {
  const counts = density([block([[0, 0, 1, 0]]), block([[9, 9, 1, 0.001]]), block([[5, 5, 0, 1]])])
  expect(counts[at(CELLS - 1, CELLS - 1)]).toBe(2)
  expect(counts[at(0, 0)]).toBe(1)
  expect(counts.reduce((a, b) => a + b)).toBe(3)
})

test('what counts has another colour than what is left out; empty cells are clear', () => {
  const counts = density([
    block([
      [0, 0, 0.9, 0.1],
      [0, 0, 0.9, 0.9],
    ]),
  ])
  const pixels = new Uint8ClampedArray(4 * CELLS * CELLS)
  paintDensity(counts, { particle: 0.5, contamination: 0.5 }, pixels)
  const [column, low, high] = [Math.floor(0.9 * CELLS), Math.floor(0.9 * CELLS), Math.floor(0.1 * CELLS)]
  const counting = pixels.slice(4 * at(column, low), 4 * at(column, low) + 4)
  const out = pixels.slice(4 * at(column, high), 4 * at(column, high) + 4)
  expect(counting[3]).toBeGreaterThan(90)
  expect(out[3]).toBe(counting[3])
  expect([...out.slice(0, 3)]).not.toEqual([...counting.slice(0, 3)])
  expect(pixels[3]).toBe(0)
})

test('a brush drawn to the edge takes scores of 0 and 1 in', () => {
  const [from, to] = [scoresOf(-0.1, 1.3), scoresOf(1, 0)]
  const corners = boxBetween(from, to)
  expect(Math.min(...corners.map(({ x }) => x))).toBeLessThan(0)
  expect(Math.max(...corners.map(({ y }) => y))).toBeGreaterThan(1)
})

test('a place in the plane is a pair of scores', () => {
  expect(scoresOf(0.25, 0.25)).toEqual({ x: 0.25, y: 0.75 })
})
