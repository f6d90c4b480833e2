import { expect, test } from 'vitest'

import { levelAt, serverLevel, tilesAround, tileUrl } from '../../src/geometry/tiles'

test('the finest level of the viewer is level 0 of the server', () => {
  expect(serverLevel(3, 4)).toBe(0)
  expect(serverLevel(0, 4)).toBe(3)
})

test('a tile has its column before its row', () => {
  expect(tileUrl('/tiles/1/2/3/s', 'ab', '', 0, 4, 5)).toBe('/tiles/1/2/3/s/ab/0/4_5.jpg')
})

test('the look comes before the level', () => {
  expect(tileUrl('/t', 'ab', 'l105', 0, 4, 5)).toBe('/t/ab/l105/0/4_5.jpg')
})

test('zooming out draws coarser tiles', () => {
  expect([2, 1, 0.5, 0.49, 0.25, 0.01].map(scale => levelAt(scale, 4))).toEqual([0, 0, 0, 1, 1, 3])
})

test('the tiles around a place are those a window there shows, within the image', () => {
  const image = { width: 4096, height: 2000 }
  expect(tilesAround(512, image, 0, { x: 1024, y: 100 }, 600, 600)).toEqual([
    [1, 0],
    [2, 0],
  ])
  expect(tilesAround(512, image, 3, { x: 4000, y: 1900 }, 600, 600)).toEqual([[0, 0]])
})
