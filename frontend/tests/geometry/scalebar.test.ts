import { expect, test } from 'vitest'
import { scaleBar } from '../../src/geometry/scalebar'

test.each([
  [1, 100, '10 nm', 100],
  [1.77, 100, '10 nm', 100 / 1.77],
  [10.4, 100, '100 nm', 1000 / 10.4],
  [0.05, 100, '5 Å', 100],
  [2.5, 100, '20 nm', 80],
])('at %s Å a screen pixel and %s px room it reads %s', (angstrom, most, label, pixels) => {
  const bar = scaleBar(angstrom, most)
  expect(bar.label).toBe(label)
  expect(bar.pixels).toBeCloseTo(pixels)
  expect(bar.pixels).toBeLessThanOrEqual(most)
})
