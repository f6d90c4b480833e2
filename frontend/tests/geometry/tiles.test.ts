import { expect, test } from 'vitest'
import { levelSize, serverLevel, tileUrl } from '../../src/geometry/tiles'

test('each level is the half of the one before, rounded up', () => {
  expect([0, 1, 2, 3].map(level => levelSize(4097, 3001, level))).toEqual([
    [4097, 3001],
    [2049, 1501],
    [1025, 751],
    [513, 376],
  ])
})

test('the finest level of the viewer is level 0 of the server', () => {
  expect(serverLevel(3, 4)).toBe(0)
  expect(serverLevel(0, 4)).toBe(3)
})

test('a tile has its column before its row', () => {
  expect(tileUrl('/tiles/1/2/3/s', 'ab', 0, 4, 5)).toBe('/tiles/1/2/3/s/ab/0/4_5.jpg')
})
