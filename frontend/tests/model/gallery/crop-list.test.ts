import { expect, test } from 'vitest'
import { type CropChoice, listCrops } from '../../../src/model/gallery/crop-list'
import type { Crop } from '../../../src/model/gallery/crops'
import { label } from '../../make'

const crop = (change: Partial<Crop>): Crop => ({
  micrograph: 1,
  kind: 'pick',
  x: 0,
  y: 0,
  particleScore: 0.5,
  contaminationScore: 0.5,
  mark: null,
  ...change,
})
const choice = (change: Partial<CropChoice> = {}): CropChoice => ({
  kinds: ['pick', 'particle'],
  sort: 'particle',
  descending: true,
  brush: null,
  ...change,
})
const scores = (list: readonly Crop[]): (number | null)[] => list.map(each => each.particleScore)

test('crops of all micrographs come in the order of their score', () => {
  const groups = [
    [crop({ particleScore: 0.25 }), crop({ particleScore: 1 })],
    [crop({ micrograph: 2, particleScore: 0.75 })],
  ]
  expect(scores(listCrops(groups, choice()))).toEqual([1, 0.75, 0.25])
  expect(scores(listCrops(groups, choice({ descending: false })))).toEqual([0.25, 0.75, 1])
})

test('what has no score comes last either way', () => {
  const unscored = crop({ kind: 'particle', particleScore: null, contaminationScore: null, mark: label() })
  for (const descending of [true, false]) {
    expect(scores(listCrops([[unscored, crop({})]], choice({ descending })))).toEqual([0.5, null])
  }
})

test('both scores together put likely contamination behind', () => {
  const clean = crop({ particleScore: 0.5, contaminationScore: 0 })
  const dirty = crop({ particleScore: 0.9, contaminationScore: 0.9 })
  expect(listCrops([[dirty, clean]], choice({ sort: 'combined' }))).toEqual([clean, dirty])
})

test('by place, micrographs keep their order and each is read row by row', () => {
  const groups = [
    [crop({ x: 5, y: 9 }), crop({ x: 9, y: 2 }), crop({ x: 1, y: 2 })],
    [crop({ micrograph: 2 })],
  ]
  const order = listCrops(groups, choice({ sort: 'position', descending: false }))
  expect(order.map(({ x }) => x)).toEqual([1, 9, 5, 0])
})

test('only the chosen kinds are listed', () => {
  expect(listCrops([[crop({ kind: 'out' }), crop({})]], choice())).toHaveLength(1)
})

test('a brush lists the picks inside it whether they count or not', () => {
  const corner = [
    { x: 0, y: 0 },
    { x: 0.6, y: 0 },
    { x: 0.6, y: 0.6 },
    { x: 0, y: 0.6 },
  ]
  const groups = [
    [
      crop({ kind: 'out', particleScore: 0.25 }),
      crop({ particleScore: 0.5 }),
      crop({ particleScore: 0.75 }),
      crop({ kind: 'reject' }),
    ],
  ]
  expect(scores(listCrops(groups, choice({ brush: corner })))).toEqual([0.5, 0.25])
})
