import { expect, test } from 'vitest'
import { inSight, scrollTo, shelvesOf, stepTo } from '../../src/geometry/shelves'

const cell = { width: 90, height: 90 }
const shelves = shelvesOf(1000, 520, cell, 10)

test('as many cells stand side by side as fit with a gap on either side', () => {
  expect(shelves.columns).toBe(5)
  expect(shelvesOf(1000, 509, cell, 10).columns).toBe(4)
  expect(shelvesOf(3, 20, cell, 10).columns).toBe(1)
})

test('the last row counts though it is not full', () => {
  expect(shelvesOf(11, 520, cell, 10)).toMatchObject({ rows: 3, height: 310 })
})

test('only rows in sight, and a few spare ones, are drawn', () => {
  expect(inSight(shelves, 1000, 250, 0)).toEqual([50, 65])
  expect(inSight(shelves, 0, 250, 2)).toEqual([0, 25])
  expect(inSight(shelves, 19_900, 250, 2)).toEqual([985, 1000])
})

test('scrolling brings a cell wholly into sight and moves no more than it takes', () => {
  expect(scrollTo(shelves, 7, 100, 300)).toBe(100)
  expect(scrollTo(shelves, 0, 100, 300)).toBe(0)
  expect(scrollTo(shelves, 26, 100, 300)).toBe(310)
})

test('arrows go along and across rows', () => {
  expect(stepTo('ArrowRight', 7, 1000, shelves, 300)).toBe(8)
  expect(stepTo('ArrowLeft', 5, 1000, shelves, 300)).toBe(4)
  expect(stepTo('ArrowDown', 7, 1000, shelves, 300)).toBe(12)
  expect(stepTo('PageDown', 7, 1000, shelves, 300)).toBe(17)
  expect(stepTo('End', 7, 1000, shelves, 300)).toBe(999)
})

test('arrows up and down keep their column at the ends', () => {
  expect(stepTo('ArrowUp', 3, 1000, shelves, 300)).toBe(3)
  expect(stepTo('ArrowDown', 996, 1000, shelves, 300)).toBe(996)
})

test('the first key of movement goes to the first cell, other keys nowhere', () => {
  expect(stepTo('ArrowDown', -1, 10, shelves, 300)).toBe(0)
  expect(stepTo('ArrowDown', -1, 0, shelves, 300)).toBeNull()
  expect(stepTo('q', 3, 10, shelves, 300)).toBeNull()
})
