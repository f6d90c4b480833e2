import { describe, expect, test } from 'vitest'
import { PickStore } from '../../../src/model/picks/picks'
import { block, rule } from '../../make'

test('picks of an older training that arrive late are ignored', () => {
  const store = new PickStore()
  store.put(1, block([[1, 1, 1, 0]], 5))
  store.put(1, block([], 4))
  expect(store.of(1)?.source).toBe(5)
})

describe('picks off the border', () => {
  const picks = block([
    [10, 500, 0.9, 0.1],
    [500, 500, 0.8, 0.2],
    [500, 990, 0.7, 0.3],
  ])
  const xs = (margin: number): number[] => {
    const left = picks.offBorder(rule({ borderMargin: margin }))
    return Array.from({ length: left.count }, (_, i) => left.x(i))
  }

  test('have their scores and their order', () => {
    expect([...picks.offBorder(rule({ borderMargin: 10 })).rows]).toEqual([
      ...block([
        [10, 500, 0.9, 0.1],
        [500, 500, 0.8, 0.2],
      ]).rows,
    ])
  })

  test('follow the margin, and are all there without one', () => {
    expect([xs(20), xs(0), xs(20)]).toEqual([[500], [10, 500, 500], [500]])
  })
})
