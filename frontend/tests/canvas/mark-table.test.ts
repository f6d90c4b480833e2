import { expect, test } from 'vitest'
import { COLOURINGS } from '../../src/canvas/colouring'
import { emptyTable, findInSight, type MarkTable, tabulate } from '../../src/canvas/mark-table'
import type { FinalPick } from '../../src/model/picks/final'
import { label, verdict } from '../make'

const glyphsOf = ({ kinds, count, signs }: MarkTable) => [...kinds.slice(0, count)].map(i => signs[i]?.glyph)
const pick = (source: FinalPick['source'], x: number, y: number): FinalPick => ({
  x,
  y,
  source,
  particleScore: null,
  contaminationScore: null,
})

test('labels come after picks, so that they lie over them', () => {
  const marks = { labels: [label({ x: 1, y: 2 })], regions: [], verdicts: [] }
  expect(glyphsOf(tabulate(marks, [pick('network', 5, 6)], COLOURINGS.kind))).toEqual(['pick', 'particle'])
})

test('a pick that stands for a label is not drawn twice', () => {
  const marks = { labels: [label({ x: 1, y: 2 })], regions: [], verdicts: [] }
  expect(glyphsOf(tabulate(marks, [pick('label', 1, 2)], COLOURINGS.kind))).toEqual(['particle'])
})

test('what a person accepted is told from what a network picked, and what was rejected stays in sight', () => {
  const marks = {
    labels: [],
    regions: [],
    verdicts: [verdict({ kind: 'reject', x: 9, y: 9 }), verdict({ kind: 'accept', x: 5, y: 6 })],
  }
  expect(glyphsOf(tabulate(marks, [pick('verdict', 5, 6)], COLOURINGS.kind))).toEqual(['accept', 'reject'])
})

test('marks in sight are placed on the screen; those a half diameter outside are left out', () => {
  const view = { scale: 2, left: -200, top: -100, width: 400, height: 400 }
  const labels = [label({ x: 150, y: 100 }), label({ x: 91, y: 100 }), label({ x: 89, y: 100 })]
  const table = tabulate({ labels, regions: [], verdicts: [] }, [], COLOURINGS.kind)
  const seen = emptyTable(table.count, table.signs)
  findInSight(table, view, 10, seen)
  expect(seen.count).toBe(2)
  expect([seen.x[0], seen.y[0]]).toEqual([100, 100])
})

test('an accepted pick is coloured by who accepted it', () => {
  const marks = { labels: [], regions: [], verdicts: [verdict({ kind: 'accept', x: 5, y: 6, author: 3 })] }
  const table = tabulate(marks, [pick('verdict', 5, 6)], COLOURINGS.who)
  expect(table.signs[table.kinds[0] as number]?.colour).toMatch(/^hsl/)
})
