import { expect, test } from 'vitest'
import { isDeletion, isPut, type Mark, markPut, marksOf, putOperation } from '../../../src/model/marks/mark'
import type { Snapshot, Told } from '../../../src/wire'
import { columns, label, region, verdict } from '../../make'

const marks: Mark[] = [
  label({ kind: 'background' }),
  region([
    [1, 2],
    [3, 4],
    [5, 7],
  ]),
  verdict({ kind: 'reject' }),
  verdict({ kind: 'reject', fit: 0.25 }),
  verdict({ kind: 'move', to: { x: 7, y: 9 } }),
]

test.each(marks)('a $type is the same after it travelled', mark => {
  expect(markPut(putOperation(mark, 'op'), mark, mark.order)).toEqual(mark)
})

test('marks come out of the columns of a snapshot in their order, before what comes after it', () => {
  const [a, b] = [label({ author: null, changedBy: 8, order: 8 }), label({ kind: 'contamination', order: 9 })]
  const move = verdict({ kind: 'move', to: { x: 7, y: 9 }, order: 9 })
  const row = ({ type: _, order: __, changedBy, ...said }: Mark) => ({ ...said, changed_by: changedBy })
  const { to: ___, ...moved } = { ...row(move), to: null, to_x: 7, to_y: 9 }
  const snapshot = { labels: columns([row(a), row(b)]), regions: columns([]), verdicts: columns([moved]) }
  expect(marksOf(snapshot as unknown as Snapshot, 9)).toEqual([a, b, move])
})

test('events and operations that delete put no mark', () => {
  expect(isPut({ type: 'label.put' })).toBe(true)
  expect(['label.deleted', 'label.delete', 'project.changed'].filter(type => isPut({ type }))).toEqual([])
})

test('only what deletes a mark is its deletion', () => {
  const deletes = (type: string): boolean => isDeletion({ type } as Told['event'])
  expect(['label.deleted', 'verdict.deleted', 'averages.deleted', 'label.put'].map(deletes)).toEqual([
    true,
    true,
    false,
    false,
  ])
})
