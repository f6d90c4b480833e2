import { expect, test } from 'vitest'
import { CELLS, density } from '../../../src/model/gallery/plane'
import { Summary } from '../../../src/model/picks/summary'
import { block } from '../../make'

const LIMITS = { particle: 0.5, contamination: 0.5, minimumDistance: 0.5, borderMargin: 0.5 }
const blocks = [block([0.2, 0.6, 0.7, 0.9].map(particle => [0, 0, particle, 0]))]

function summary(plane = density(blocks)): Summary {
  const nothing = { micrographs: [], source: [], count: [], final: [], found: [], score: [] }
  const sums = { total: 4, passing: 3, sureness: 0.7, particle: [], contamination: [], plane: [...plane] }
  return new Summary({ ...nothing, ...sums }, LIMITS)
}

test('a summary is of the limits by which it was counted', () => {
  expect(summary().isAt({ ...LIMITS })).toBe(true)
  for (const key of ['particle', 'contamination', 'minimumDistance', 'borderMargin'] as const)
    expect(summary().isAt({ ...LIMITS, [key]: 0.4 })).toBe(false)
})

test('until the server has counted, the spread of the scores tells about how many picks count', () => {
  const about = (particle: number): number => summary().about(2, { ...LIMITS, particle }) // one of three is crowded out
  expect([about(0.5), about(0.8), about(0.99)]).toEqual([2, 1, 0])
})

test('an estimate does not exceed the picks that there are', () => {
  expect(summary().about(3, { ...LIMITS, particle: 0 })).toBe(4)
  expect(summary(new Uint32Array(CELLS * CELLS)).about(0, LIMITS)).toBe(0)
})
