import { expect, test } from 'vitest'
import { hitPoint } from '../../../src/model/marks/hit'
import { judge } from '../../../src/model/marks/judge'
import { sourcePicks } from '../../../src/model/sources/source-pick'
import { block, source, verdict } from '../../make'

const topaz = source({ id: 5, kind: 'imported', training: null, threshold: -1, lowest_score: -2 })
const rows = block(
  [
    [100, 100, 3, 0],
    [300, 100, -1, 0],
    [500, 100, -2, 0],
  ],
  5,
)
const xs = (verdicts: Parameters<typeof sourcePicks>[2]) =>
  sourcePicks(topaz, rows, verdicts, 100).map(p => p.x)

test('picks that reach the threshold are shown, in the units of their source', () => {
  expect(sourcePicks(topaz, rows, [], 100).map(({ x, score, of }) => [x, score, of])).toEqual([
    [100, 3, 5],
    [300, -1, 5],
  ])
})

test('all picks without scores are shown', () => {
  const plain = sourcePicks({ ...topaz, threshold: null }, rows, [], 100)
  expect(plain.map(({ score }) => score)).toEqual([null, null, null])
})

test('what somebody judged is shown as the verdict alone', () => {
  expect(xs([verdict({ kind: 'reject', x: 130, y: 100 })])).toEqual([300])
  expect(xs([verdict({ kind: 'accept', x: 300, y: 130 })])).toEqual([100])
  expect(xs([verdict({ kind: 'move', x: 100, y: 100, to: { x: 310, y: 100 } })])).toEqual([])
})

test('a verdict that is not near leaves a pick as it is', () => {
  expect(xs([verdict({ kind: 'reject', x: 141, y: 100 })])).toEqual([100, 300])
})

test('the pick of another source under the pointer is judged at its place', () => {
  const picks = sourcePicks(topaz, rows, [], 100)
  const hit = hitPoint({ labels: [], regions: [], verdicts: [] }, picks, { x: 110, y: 100 }, 50)
  if (!hit) throw new Error('nothing was hit')
  const [change] = judge(hit, 'accept', { micrograph: 1, author: 7, newId: () => 'new' })
  expect(change?.after).toMatchObject({ type: 'verdict', kind: 'accept', x: 100, y: 100 })
})
