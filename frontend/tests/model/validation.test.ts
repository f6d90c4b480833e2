import { describe, expect, test } from 'vitest'
import type { HeldOut } from '../../src/model/types'
import {
  atThresholds,
  differences,
  figuresOf,
  precisionRecall,
  scoreCounts,
} from '../../src/model/validation'

const places: HeldOut[] = [
  ['particle', 0.9, 0.1],
  ['contamination', 0.9, 0.6],
  ['particle', 0.6, 0],
  ['background', 0.4, 0],
  ['particle', 0, 0],
]

describe('precisionRecall', () => {
  test('follows the combined score, and ends where the last pick is found', () => {
    expect(precisionRecall(places)).toEqual([
      [1 / 3, 1],
      [2 / 3, 1],
      [2 / 3, 2 / 3],
      [2 / 3, 2 / 4],
    ])
  })

  test('has no point where nothing was picked', () => {
    expect(precisionRecall([['particle', 0, 0]])).toEqual([])
  })
})

describe('atThresholds', () => {
  test('counts what both thresholds leave', () => {
    const { precision, recall, f1 } = atThresholds(places, { particle: 0.5, contamination: 0.5 })
    expect([precision, recall, f1]).toEqual([1, 2 / 3, 4 / 5])
  })

  test('lets a score on a threshold pass', () => {
    expect(atThresholds(places, { particle: 0.4, contamination: 0.6 }).precision).toBe(2 / 4)
  })

  test('finds nothing at a place without a pick, whatever the thresholds', () => {
    expect(atThresholds(places, { particle: 0, contamination: 1 }).recall).toBe(2 / 3)
  })

  test('is zero, not an error, for no places', () => {
    expect(atThresholds([], { particle: 0, contamination: 1 })).toEqual({ precision: 0, recall: 0, f1: 0 })
  })
})

test('scores are counted by kind, and a score of 1 falls into the last bin', () => {
  const scored: HeldOut[] = [...places, ['particle', 1, 0]]
  expect(scoreCounts(scored, 'particle', 'particle', 2)).toEqual([1, 3])
  expect(scoreCounts(scored, 'contamination', 'contamination', 2)).toEqual([0, 1])
})

test('a reason is no figures', () => {
  expect(figuresOf({ validation: { reason: 'too few labels' } })).toBeNull()
  expect(figuresOf({ validation: null })).toBeNull()
})

test('settings that differ are named with both values', () => {
  const a = { particle: { steps: 300, near: 0.5 }, seed: 1 }
  const b = { particle: { steps: 150, near: 0.5, learning_rate: 0.1 }, seed: 1 }
  expect(differences(a, b)).toEqual([
    ['particle steps', '300', '150'],
    ['particle learning rate', '–', '0.1'],
  ])
  expect(differences({}, { particle: { shape: { channels: [9, 8] } } })).toEqual([
    ['particle shape channels', '–', '[9,8]'],
  ])
})
