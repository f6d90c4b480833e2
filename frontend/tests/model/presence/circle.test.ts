import { expect, test } from 'vitest'
import { comesBack } from '../../../src/model/presence/circle'

const here = (...following: [number, number | null][]) =>
  following.map(([id, leader]) => ({ id, username: `${id}`, micrograph: 1, following: leader }))

test('who follows nobody does not come back', () => {
  expect(comesBack(here([1, 2], [2, null]), 2, 1)).toBe(false)
})

test('two who follow each other are a circle, and so are three', () => {
  expect(comesBack(here([1, 2], [2, 1]), 2, 1)).toBe(true)
  expect(comesBack(here([1, 2], [2, 3], [3, 1]), 2, 1)).toBe(true)
})

test('a circle of others, and someone who has left, end the search', () => {
  expect(comesBack(here([1, 2], [2, 3], [3, 2]), 2, 1)).toBe(false)
  expect(comesBack(here([1, 2], [2, 9]), 2, 1)).toBe(false)
})
