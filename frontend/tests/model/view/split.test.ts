import { expect, test } from 'vitest'
import { PLAIN, type ViewSettings } from '../../../src/model/view/settings'
import { flipSplit, splitAt, splitOf } from '../../../src/model/view/split'

const on: ViewSettings = { ...PLAIN, look: 'denoised', split: true, splitAt: 0.3 }

test('the canvas is divided where the divider lies', () => {
  expect(splitOf(on, 2)).toBe(0.3)
  expect(splitOf({ ...on, split: false }, 2)).toBeNull()
})

test('there is nothing to divide while the look is raw, or its filters are off', () => {
  expect(splitOf({ ...on, look: 'raw' }, 2)).toBeNull()
  expect(splitOf({ ...on, look: 'filtered', lowPass: null, highPass: null }, 2)).toBeNull()
})

test('without a pixel size filters are not shown, and so not divided from the raw micrograph', () => {
  expect(splitOf({ ...on, look: 'filtered' }, null)).toBeNull()
})

test('turning it on keeps the look chosen, and without one takes the denoised', () => {
  expect({ ...PLAIN, look: 'filtered', ...flipSplit({ ...PLAIN, look: 'filtered' }, 2) }).toMatchObject({
    split: true,
    look: 'filtered',
  })
  expect(flipSplit(PLAIN, 2)).toEqual({ split: true, look: 'denoised' })
})

test('where it is on and not seen, the same key shows it', () => {
  expect(flipSplit({ ...on, look: 'raw' }, 2)).toEqual({ split: true, look: 'denoised' })
})

test('turning it off leaves the look', () => {
  expect(flipSplit(on, 2)).toEqual({ split: false })
})

test('the divider stays within the canvas', () => {
  expect([splitAt(-1), splitAt(0.4), splitAt(2)]).toEqual([
    { splitAt: 0.05 },
    { splitAt: 0.4 },
    { splitAt: 0.95 },
  ])
})
