import { describe, expect, test } from 'vitest'
import { hitPoint, hitRegion } from '../../../src/model/marks/hit'
import type { FinalPick } from '../../../src/model/picks/final'
import { label, region, storeOf, verdict } from '../../make'

const picks: FinalPick[] = [
  { x: 100, y: 100, particleScore: 0.8, contaminationScore: 0.1, source: 'network' },
  { x: 140, y: 100, particleScore: null, contaminationScore: null, source: 'label' },
]

describe('hit', () => {
  test('the nearest mark within reach is meant', () => {
    const marks = storeOf(label({ id: 'far', x: 120 }), label({ id: 'near', x: 104 })).of(1)
    expect(hitPoint(marks, [], { x: 105, y: 100 }, 20)).toMatchObject({ mark: { id: 'near' } })
  })

  test('nothing within reach is nothing', () => {
    expect(hitPoint(storeOf().of(1), picks, { x: 300, y: 100 }, 20)).toBeNull()
  })

  test('a label is met as itself, not as the pick that it makes', () => {
    const marks = storeOf(label({ x: 140, y: 100 })).of(1)
    expect(hitPoint(marks, picks, { x: 140, y: 100 }, 20)?.type).toBe('label')
  })

  test('a moved pick is met where it was moved to', () => {
    const marks = storeOf(verdict({ kind: 'move', x: 0, y: 0, to: { x: 50, y: 50 } })).of(1)
    expect(hitPoint(marks, [], { x: 50, y: 52 }, 5)?.type).toBe('verdict')
    expect(hitPoint(marks, [], { x: 0, y: 0 }, 5)).toBeNull()
  })

  test('of regions around a place the newest is meant', () => {
    const corners: [number, number][] = [
      [0, 0],
      [100, 0],
      [100, 100],
      [0, 100],
    ]
    const older = region(corners)
    const newer = region(corners.map(([x, y]) => [x + 20, y + 20]))
    expect(hitRegion([older, newer], { x: 60, y: 60 }, 3)).toMatchObject({ mark: newer })
    expect(hitRegion([older, newer], { x: 99, y: 60 }, 3)).toMatchObject({ mark: older })
  })
})
