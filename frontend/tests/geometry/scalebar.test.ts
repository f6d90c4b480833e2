import { expect, test } from 'vitest'
import { measured, scaleBar } from '../../src/geometry/scalebar'

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

test('a length is told in Å and in pixels', () => {
  expect(measured(200, 1.5)).toBe('300 Å · 200 px')
  expect(measured(12.34, 1.5)).toBe('18.5 Å · 12.3 px')
})

test('without a pixel size a length is in pixels alone', () => {
  expect(measured(200, null)).toBe('200 px')
})
