import { expect, test } from 'vitest'
import { resolutionAt, rings } from '../../../src/model/micrographs/spectrum'

test('the middle of an edge is twice the pixel size, half way to it four times', () => {
  expect(resolutionAt(1, 0, 1.5)).toBe(3)
  expect(resolutionAt(0, -0.5, 1.5)).toBe(6)
})

test('a ring lies where its resolution is read off', () => {
  for (const { angstrom, radius } of rings(1.77)) expect(resolutionAt(radius, 0, 1.77)).toBeCloseTo(angstrom)
})

test('no ring is finer than Nyquist', () => {
  expect(rings(2.2).map(({ angstrom }) => angstrom)).not.toContain(4)
})
