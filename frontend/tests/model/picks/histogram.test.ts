import { expect, test } from 'vitest'
import { histograms } from '../../../src/model/picks/histogram'
import { block } from '../../make'

test('each score falls into its bin, a score of 1 into the last', () => {
  const { particle, contamination, total } = histograms(
    [
      block([
        [0, 0, 1, 0.05],
        [0, 0, 0.5, 0.95],
      ]),
    ],
    10,
  )
  expect([particle[9], particle[5], contamination[0], contamination[9]]).toEqual([1, 1, 1, 1])
  expect(total).toBe(2)
})
