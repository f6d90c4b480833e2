import { expect, test } from 'vitest'
import {
  boxBetween,
  CELLS,
  density,
  fromPlane,
  passingIn,
  scoresOf,
  toPlane,
} from '../../../src/model/gallery/plane'
import { block } from '../../make'

const at = (column: number, row: number): number => row * CELLS + column

test('picks are counted where their scores lie, contamination upwards', () => {
  const counts = density([block([[0, 0, 1, 0]]), block([[9, 9, 1, 0.001]]), block([[5, 5, 0, 1]])])
  expect(counts[at(CELLS - 1, CELLS - 1)]).toBe(2)
  expect(counts[at(0, 0)]).toBe(1)
  expect(counts.reduce((a, b) => a + b)).toBe(3)
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

const scored: [number, number, number, number][] = [0.05, 0.3, 0.5, 0.7, 0.95].flatMap(particle =>
  [0, 0.2, 0.6, 1].map((contamination): [number, number, number, number] => [1, 1, particle, contamination]),
)

test.each([
  [0, 1, 20],
  [0.4, 1, 12],
  [0.4, 0.4, 6],
  [0.99, 1, 0],
  [0, 0.9, 15],
])('the plane tells about how many picks pass %d and %d', (particle, contamination, count) => {
  expect(passingIn(density([block(scored)]), { particle, contamination })).toBe(count)
})

test('a cell that a threshold cuts counts in part', () => {
  const plane = density([block([[0, 0, 0.5, 0]])])
  const middle = fromPlane((CELLS / 2 + 0.5) / CELLS)
  expect(passingIn(plane, { particle: middle, contamination: 1 })).toBeCloseTo(0.5)
})
