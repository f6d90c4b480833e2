import { expect, test } from 'vitest'
import { Views } from '../../../src/model/presence/views'
import type { Seen } from '../../../src/wire'

const seen = (x: number | null, right = 9): Seen => ({
  person: 7,
  at: x === null ? null : [x, 2],
  view: [0, 1, right, 8],
})

test('what somebody sees is known of the micrograph they were last on, and of no other', () => {
  const views = new Views()
  views.take(1, [seen(3)], 50)
  expect(views.on(1, 7)).toEqual({
    person: 7,
    micrograph: 1,
    at: { x: 3, y: 2 },
    view: { left: 0, top: 1, right: 9, bottom: 8 },
    moved: 50,
  })
  views.take(2, [seen(3)], 60)
  expect(views.on(1, 7)).toBeNull()
})

test('a view that changes does not move a pointer that rests', () => {
  const views = new Views()
  views.take(1, [seen(3)], 50)
  views.take(1, [seen(3, 20)], 60)
  expect(views.on(1, 7)?.moved).toBe(50)
  views.take(1, [seen(null, 20)], 70)
  expect(views.on(1, 7)?.moved).toBe(70)
})

test('a pointer that moves leaves the view as it was', () => {
  const views = new Views()
  views.take(1, [seen(3)])
  const before = views.on(1, 7)?.view
  views.take(1, [seen(4)])
  expect(views.on(1, 7)?.view).toBe(before)
})
