import { expect, test } from 'vitest'
import { lookWord } from '../../../src/model/view/look'

const filtered = { look: 'filtered', lowPass: 20, highPass: 500 } as const

test('wavelengths are asked for in tenths of a pixel', () => {
  expect(lookWord(filtered, 2)).toBe('l100h2500')
})

test('a filter that is off leaves the image as it is', () => {
  expect(lookWord({ ...filtered, lowPass: null }, 2)).toBe('h2500')
  expect(lookWord({ ...filtered, lowPass: null, highPass: null }, 2)).toBe('')
})

test('a low-pass finer than the pixels is none', () => {
  expect(lookWord({ ...filtered, lowPass: 7, highPass: null }, 4)).toBe('')
})

test('without a pixel size there are no wavelengths in Å, but a denoised view', () => {
  expect(lookWord(filtered, null)).toBe('')
  expect(lookWord({ ...filtered, look: 'denoised' }, null)).toBe('denoised')
})
