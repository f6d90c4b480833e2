import { describe, expect, test } from 'vitest'
import {
  atThresholds,
  differences,
  figuresOf,
  type HeldOut,
  precisionRecall,
  scoreCounts,
} from '../../../src/model/quality/validation'

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
    expect([precision.value, recall.value, f1.value]).toEqual([1, 2 / 3, 4 / 5])
    expect([precision.of, recall.of, f1.of]).toEqual([2, 3, 3])
  })

  test('lets a score on a threshold pass', () => {
    expect(atThresholds(places, { particle: 0.4, contamination: 0.6 }).precision.value).toBe(2 / 4)
  })

  test('finds nothing at a place without a pick, whatever the thresholds', () => {
    expect(atThresholds(places, { particle: 0, contamination: 1 }).recall.value).toBe(2 / 3)
  })

  test('may be anything where there are no places', () => {
    const unknown = { value: 0, of: 0, low: 0, high: 1 }
    const found = atThresholds([], { particle: 0, contamination: 1 })
    expect(found).toEqual({ precision: unknown, recall: unknown, f1: unknown })
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
