import { expect, test } from 'vitest'
import { cropsOf, isTarget, targetOf } from '../../../src/model/gallery/crops'
import type { Label, Region, Verdict } from '../../../src/model/marks/mark'
import { finalPicks } from '../../../src/model/picks/final'
import { block, label, rule, storeOf, verdict } from '../../make'

const DIAMETER = 40
const PICKS = block([
  [100, 100, 0.9, 0.1],
  [300, 100, 0.2, 0.1],
  [500, 100, 0.8, 0.9],
])

function crops(...marks: (Label | Region | Verdict)[]) {
  const held = storeOf(...marks).of(1)
  const finals = finalPicks(PICKS, held, DIAMETER, rule())
  return cropsOf(1, held, PICKS, finals, DIAMETER)
}

test('picks beyond a threshold are left out', () => {
  expect(crops().map(({ x, kind }) => [x, kind])).toEqual([
    [100, 'pick'],
    [300, 'out'],
    [500, 'out'],
  ])
})

test('a label has the scores of the pick beneath it, which has no crop of its own', () => {
  const found = crops(label({ x: 303, y: 100, kind: 'background' }))
  expect(found.map(crop => crop.kind)).toEqual(['background', 'pick', 'out'])
  expect(found[0]?.particleScore).toBeCloseTo(0.2)
})

test('a label far from every pick has no scores', () => {
  expect(crops(label({ x: 700, y: 700 }))[0]).toMatchObject({ particleScore: null, contaminationScore: null })
})

test('a moved pick is shown where it is now, with the scores it had', () => {
  const found = crops(verdict({ kind: 'move', x: 100, y: 100, to: { x: 140, y: 100 } }))
  expect(found[0]).toMatchObject({ kind: 'accept', x: 140 })
  expect(found[0]?.particleScore).toBeCloseTo(0.9)
  expect(found).toHaveLength(3)
})

test('a rejected pick is one crop', () => {
  expect(crops(verdict({ kind: 'reject', x: 100, y: 100 })).map(crop => crop.kind)).toEqual([
    'reject',
    'out',
    'out',
  ])
})

test('a crop is what is selected on the canvas of its micrograph', () => {
  for (const crop of crops(label({ x: 700 }), verdict({ x: 300 }))) {
    expect(isTarget(crop, 1, targetOf(crop))).toBe(true)
    expect(isTarget(crop, 2, targetOf(crop))).toBe(false)
  }
})
