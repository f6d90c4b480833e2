import { expect, test } from 'vitest'
import { surenessOf } from '../../../src/model/quality/first-guess'
import { block } from '../../make'

const THRESHOLDS = { particle: 0.5, contamination: 0.5 }

/** A micrograph on which some picks have the same scores. */
function picks(count: number, particle: number, contamination = 0) {
  return block(Array.from({ length: count }, (_, i) => [10 * i, 0, particle, contamination]))
}

test('many sure picks are worth checking', () => {
  const found = surenessOf([picks(20, 0.9), picks(10, 0.75)], THRESHOLDS, 0.9)
  expect(found).toMatchObject({ kept: 30, micrographs: 2, poor: null })
  expect(found.mean).toBeCloseTo(0.85)
})

test('what the thresholds leave out does not count', () => {
  const { kept, mean } = surenessOf([picks(20, 0.9), picks(90, 0.4), picks(90, 0.9, 0.6)], THRESHOLDS, 0.9)
  expect(kept).toBe(20)
  expect(mean).toBeCloseTo(0.9)
})

test('a score at a threshold is kept', () => {
  expect(surenessOf([picks(9, 0.5, 0.5)], THRESHOLDS, 0.9).kept).toBe(9)
})

test('hardly any pick asks for labels', () => {
  expect(surenessOf([picks(9, 0.99), picks(0, 0)], THRESHOLDS, 0.9).poor).toBe('few')
  expect(surenessOf([picks(30, 0.3)], THRESHOLDS, 0.9)).toMatchObject({ kept: 0, mean: 0, poor: 'few' })
})

test('scores that hardly tell particles from other things ask for labels', () => {
  expect(surenessOf([picks(100, 0.95)], THRESHOLDS, 0.2).poor).toBe('unsure')
})
