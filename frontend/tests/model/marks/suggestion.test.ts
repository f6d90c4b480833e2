import { expect, test } from 'vitest'
import type { MarksOf } from '../../../src/model/marks/mark'
import { markAt, startingAt } from '../../../src/model/marks/suggestion'
import type { Suggestion } from '../../../src/wire'
import { label, region, verdict } from '../../make'

const at = { x: 100, y: 100 }
const none: MarksOf = { labels: [], regions: [], verdicts: [] }
const places = [0, 1, 2, 3].map((x): Suggestion => ({ micrograph: 1, x, y: 0, question: 'sure' }))
const person = (id: number) => ({ id, username: `${id}`, micrograph: null, following: null })
const starts = (you: number, ...here: number[]) => startingAt(places, here.map(person), you).map(({ x }) => x)

test('a label, a verdict or a region says what a place is', () => {
  expect(markAt(none, at, 40)).toBeNull()
  expect(markAt({ ...none, labels: [label({ x: 110 })] }, at, 40)?.type).toBe('label')
  expect(markAt({ ...none, verdicts: [verdict({ x: 110 })] }, at, 40)?.type).toBe('verdict')
  const around = region([
    [0, 0],
    [200, 0],
    [200, 200],
  ])
  expect(markAt({ ...none, regions: [around] }, { x: 150, y: 100 }, 40)?.type).toBe('region')
})

test('a label on the next particle says nothing of this one', () => {
  expect(markAt({ ...none, labels: [label({ x: 140 })] }, at, 40)).toBeNull()
})

test('whoever is alone starts at the first place', () => {
  expect(starts(7, 7)).toEqual([0, 1, 2, 3])
  expect(starts(7)).toEqual([0, 1, 2, 3])
})

test('two people start at different places and see all of them', () => {
  expect(starts(3, 7, 3)).toEqual([0, 1, 2, 3])
  expect(starts(7, 7, 3)).toEqual([2, 3, 0, 1])
})
