import { expect, test } from 'vitest'
import { glide } from '../../../src/desk/stage/glide'

const view = { left: 0, top: 0, right: 100, bottom: 100 }
const to = (x: number | null) => ({
  person: 1,
  micrograph: 1,
  at: x === null ? null : { x, y: 0 },
  view,
  moved: 0,
})

test('a pointer comes nearer in every frame, and arrives', () => {
  let shown = glide(null, to(0), 16, 1).shown
  let there = false
  let last = 0
  for (let frame = 0; frame < 60 && !there; frame++) {
    ;({ shown, there } = glide(shown, to(100), 16, 1))
    expect(shown.at?.x).toBeGreaterThan(last)
    last = shown.at?.x ?? 0
  }
  expect(last).toBe(100)
})

test('a pointer that comes is where it is at once, and one that goes is gone', () => {
  const none = glide(null, to(null), 16, 1).shown
  expect(glide(none, to(40), 16, 1)).toMatchObject({ shown: { at: { x: 40 } }, there: true })
  expect(glide({ at: { x: 1, y: 1 }, view }, to(null), 16, 1).shown.at).toBeNull()
})

test('without motion everything is there in one step', () => {
  const { shown } = glide({ at: { x: 0, y: 0 }, view }, to(100), Infinity, 1)
  expect(shown.at?.x).toBe(100)
})
