import { expect, test } from 'vitest'
import { autoBounds, GREYS, toneTable } from '../../../src/model/view/tone'

const plain = { black: 0, white: 1, gamma: 1, invert: false }

test('greys at and beyond the bounds are black and white, those between are stretched', () => {
  const table = toneTable({ ...plain, black: 0.25, white: 0.75 })
  expect([table[0], table[60], table[195], table[255]]).toEqual([0, 0, 1, 1])
  expect(table[102]).toBeCloseTo(0.3)
})

test('a larger gamma brightens the middle and leaves both ends', () => {
  const table = toneTable({ ...plain, gamma: 2 })
  expect([table[0], table[255]]).toEqual([0, 1])
  expect(table[128]).toBeCloseTo(Math.sqrt(128 / 255))
})

test('inverting turns the tone round after all else', () => {
  expect(toneTable({ ...plain, black: 0.5, invert: true })[0]).toBe(1)
})

test('automatic bounds lie around the ice, however dark the carbon beside it', () => {
  const ice = new Uint32Array(GREYS)
  for (let grey = 0; grey < GREYS; grey++) ice[grey] = 10_000 * Math.exp(-(((grey - 150) / 20) ** 2) / 2)
  const alone = autoBounds(ice)
  ice[3] = 50_000
  const beside = autoBounds(ice)
  expect(alone?.black).toBeCloseTo((150 - 60) / 255, 1)
  expect(Math.abs((beside?.black ?? 1) - (alone?.black ?? 0))).toBeLessThan(0.05)
})

test('nothing on screen has no bounds', () => {
  expect(autoBounds(new Uint32Array(GREYS))).toBeNull()
})

test('an image of one grey keeps a range', () => {
  const one = new Uint32Array(GREYS)
  one[100] = 5
  const bounds = autoBounds(one)
  expect((bounds?.white ?? 0) - (bounds?.black ?? 0)).toBeGreaterThan(0.02)
})
