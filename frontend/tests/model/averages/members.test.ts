import { expect, test } from 'vitest'
import { marksNearby, membersOf } from '../../../src/model/averages/members'
import { label, member, verdict } from '../../make'

const DIAMETER = 40
const nearby = (marks: Parameters<typeof marksNearby>[0]) => marksNearby(marks, DIAMETER)

test('members come out of their columns in order', () => {
  const columns = {
    micrograph: [3, 4],
    x: [1, 2],
    y: [5, 6],
    particle: [0.9, null],
    contamination: [0.1, null],
    fit: [0.8, 0.4],
  }
  expect(membersOf(columns)).toEqual([
    { micrograph: 3, x: 1, y: 5, particleScore: 0.9, contaminationScore: 0.1, fit: 0.8 },
    { micrograph: 4, x: 2, y: 6, particleScore: null, contaminationScore: null, fit: 0.4 },
  ])
})

test('the mark of a member is the nearest within a quarter of the diameter', () => {
  const [near, nearer, far] = [108, 105, 111].map(x => verdict({ x }))
  const marks = { labels: [], regions: [], verdicts: [near, nearer] as never[] }
  expect(nearby(marks).at(member())?.id).toBe(nearer?.id)
  expect(nearby({ ...marks, verdicts: [far] as never[] }).at(member())).toBeNull()
})

test('a label at the place of a verdict goes first', () => {
  const [own, judged] = [label(), verdict()]
  expect(nearby({ labels: [own], regions: [], verdicts: [judged] }).at(member())).toBe(own)
})

test('a moved pick is found where it was and where it is', () => {
  const moved = verdict({ kind: 'move', to: { x: 200, y: 100 } })
  const marks = nearby({ labels: [], regions: [], verdicts: [moved] })
  expect([member(), member({ x: 200 })].map(at => marks.at(at)?.id)).toEqual([moved.id, moved.id])
})
