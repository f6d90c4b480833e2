import { expect, test } from 'vitest'
import { behind, delayTable, onTheirWay } from '../../src/model/watched'
import type { Watched } from '../../src/wire'

const WATCHED: Watched = {
  id: 1,
  place: '/data/session',
  subfolders: true,
  since: '2026-11-26T10:00:00+00:00',
  stopped_at: null,
  error: '',
  found: 10,
  imported: 4,
  picked: 3,
  growing: 2,
  refused: 1,
  median_delay: 12,
  newest_delay: 14,
  waiting_since: '2026-11-26T10:00:30+00:00',
}

test('what is neither imported nor waiting nor refused is on its way', () => {
  expect(onTheirWay(WATCHED)).toBe(3)
  expect(onTheirWay({ ...WATCHED, imported: 9 })).toBe(0)
})

test('picking is behind by the time that the oldest file waits', () => {
  const now = Date.parse('2026-11-26T10:01:00Z')
  expect(behind(WATCHED, now)).toBe(30)
  expect(behind(WATCHED, 0)).toBe(0)
  expect(behind({ ...WATCHED, waiting_since: null }, now)).toBeNull()
})

test('delays are columns of a plot', () => {
  expect(
    delayTable([
      [100, 5],
      [200, 7],
    ]),
  ).toEqual([
    [100, 200],
    [5, 7],
  ])
})
