import { expect, test } from 'vitest'
import { comparisons, verdict } from '../../../src/model/quality/comparison'
import type { HeldOut } from '../../../src/model/quality/validation'
import type { TrainingDetail } from '../../../src/wire'
import { training } from '../../make'

const THRESHOLDS = { particle: 0.5, contamination: 0.5 }

/** A training of which `found` of `particles` held-out particles are found, and no background. */
function detail(version: number, found: number, particles: number, averagePrecision: number): TrainingDetail {
  const held_out = Array.from(
    { length: particles },
    (_, i): HeldOut => ['particle', i < found ? 0.9 : 0.1, 0],
  )
  const validation = {
    average_precision: averagePrecision,
    best_f1: averagePrecision,
    particles,
    others: 0,
    whole_micrographs: false,
  }
  return { ...training({ version, validation }), seed: 1, settings: {}, held_out }
}

const said = (a: TrainingDetail, b: TrainingDetail): string => verdict(comparisons(THRESHOLDS), [a, b])

test('of two trainings whose intervals overlap neither is called better', () => {
  expect(said(detail(1, 2, 3, 0.6), detail(2, 3, 3, 1))).toContain('do not show which is better')
  expect(said(detail(1, 70, 100, 0.75), detail(2, 80, 100, 0.85))).toContain('do not show which is better')
})

test('where they do not overlap the better one is named, with what it is better in', () => {
  expect(said(detail(1, 40, 100, 0.9), detail(2, 90, 100, 0.9))).toBe(
    'Version 2 is better: Recall at the thresholds, F1 at the thresholds. The 95 % intervals do not overlap.',
  )
})

test('each may be better in something', () => {
  const both = said(detail(1, 40, 100, 0.95), detail(2, 90, 100, 0.5))
  expect(both).toContain('Version 1 is better: Average precision, Best F1.')
  expect(both).toContain('Version 2 is better: Recall at the thresholds')
})

test('a training that was not judged is worse in nothing', () => {
  const unjudged = { ...detail(1, 0, 100, 0), validation: null }
  expect(said(unjudged, detail(2, 90, 100, 0.9))).toContain('do not show which is better')
})
