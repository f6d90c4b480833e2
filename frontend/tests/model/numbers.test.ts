import { describe, expect, test } from 'vitest'
import { histograms } from '../../src/model/histogram'
import { lossTable } from '../../src/model/losses'
import { PickStore } from '../../src/model/picks'
import { block } from '../make'

describe('histograms', () => {
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
})

describe('lossTable', () => {
  test('both networks share the axis of steps', () => {
    const table = lossTable([
      ['particle', 10, 0.5],
      ['contamination', 5, 0.9],
      ['particle', 5, 0.8],
    ])
    expect(table).toEqual([
      [5, 10],
      [0.8, 0.5],
      [0.9, null],
    ])
  })
})

describe('PickStore', () => {
  test('picks of an older training that arrive late are ignored', () => {
    const store = new PickStore()
    store.put(1, block([[1, 1, 1, 0]], 5))
    store.put(1, block([], 4))
    expect(store.of(1)?.training).toBe(5)
  })
})
