import { signal } from '@preact/signals'
import { expect, test } from 'vitest'
import { MarkStore } from '../../../src/model/marks/marks'
import { type Lately, latelyIn, noteLately } from '../../../src/model/presence/lately'
import type { Told } from '../../../src/wire'
import { label, put } from '../../make'

const marks = new MarkStore()
const old = label({ id: 'old', x: 5, y: 6 })
marks.set(old.id, old)

const told = (event: unknown, actor: number | null): Told =>
  ({ sequence: 1, event, actor, operation: null, at: '' }) as Told
const placed = (x: number, actor: number | null) =>
  told({ ...put(label({ x, y: 1 })), author: actor, created_at: '' }, actor)
const found = (...events: Told[]) => latelyIn(events, marks, 7, 0).map(({ person, at }) => [person, at.x])

test('the last mark that each of the others placed or erased is found where it is or was', () => {
  const erased = told({ type: 'label.deleted', id: 'old', micrograph: 1 }, 9)
  expect(found(placed(1, 8), placed(2, 8), erased)).toEqual([
    [8, 2],
    [9, 5],
  ])
})

test('nothing is said of one’s own changes, nor of those that nobody made', () => {
  expect(found(placed(1, 7), placed(1, null))).toEqual([])
})

test('nothing is said of a mass change', () => {
  expect(found(...[1, 2, 3, 4].map(x => placed(x, 8)), placed(5, 9))).toEqual([[9, 5]])
})

test('what one person did stays noted while others go on, and while nothing is done', () => {
  const lately = signal<readonly Lately[]>([])
  for (const events of [[placed(1, 8)], [placed(2, 9)], [placed(3, 7)], [placed(4, 9)]])
    noteLately(lately, events, marks, 7)
  expect(lately.value.map(({ person, at }) => [person, at.x])).toEqual([
    [8, 1],
    [9, 4],
  ])
})
