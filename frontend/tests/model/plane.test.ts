import { expect, test } from 'vitest'
import { boxBetween, CELLS, density, fromPlane, paintDensity, scoresOf, toPlane } from '../../src/model/plane'
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

test('a brush drawn to the edge takes scores of 0 and 1 in', () => {
  const [from, to] = [scoresOf(-0.1, 1.3), scoresOf(1, 0)]
  const corners = boxBetween(from, to)
  expect(Math.min(...corners.map(({ x }) => x))).toBeLessThan(0)
  expect(Math.max(...corners.map(({ y }) => y))).toBeGreaterThan(1)
})

test('a place in the plane is a pair of scores', () => {
  expect(scoresOf(0.5, toPlane(0.1)).x).toBeCloseTo(0.5)
  expect(scoresOf(0.5, toPlane(0.1)).y).toBeCloseTo(0.9)
})

test('scores near the ends stand apart, and the edges are the ends', () => {
  expect(toPlane(0.99) - toPlane(0.98)).toBeGreaterThan(5 * (toPlane(0.51) - toPlane(0.5)))
  for (const score of [0.01, 0.3, 0.5, 0.99]) expect(fromPlane(toPlane(score))).toBeCloseTo(score)
  expect([toPlane(0), toPlane(1), fromPlane(0), fromPlane(1)].map(share => Math.round(share))).toEqual([
    0, 1, 0, 1,
  ])
})
