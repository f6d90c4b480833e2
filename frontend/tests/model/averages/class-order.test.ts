import { expect, test } from 'vitest'
import { orderOf } from '../../../src/model/averages/class-order'
import { averageClass } from '../../make'

const CLASSES = [
  averageClass({ number: 1, count: 30, resolution: null, particle_score: 0.2, contamination_score: 0.5 }),
  averageClass({ number: 2, count: 20, resolution: 9, particle_score: 0.9, contamination_score: 0.1 }),
  averageClass({ number: 3, count: 20, resolution: 15, particle_score: 0.9, contamination_score: null }),
]

test.each([
  ['count', true, [0, 1, 2]],
  ['count', false, [1, 2, 0]],
  ['resolution', true, [2, 1, 0]],
  ['resolution', false, [1, 2, 0]],
  ['particle', true, [1, 2, 0]],
  ['contamination', false, [1, 0, 2]],
] as const)('by %s, falling: %s', (sort, descending, order) => {
  expect(orderOf(CLASSES, { sort, descending })).toEqual(order)
})
