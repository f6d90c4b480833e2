import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { SEE_EVERY, SEE_SELDOM, Seeing } from '../../src/live/seeing'
import type { SeeMessage } from '../../src/wire'

let told: SeeMessage[]
let seeing: Seeing

const seen = (x: number, micrograph = 1): SeeMessage => ({
  type: 'see',
  micrograph,
  at: [x, 0],
  view: [0, 0, 9, 9],
})
const places = (): (number | undefined)[] => told.map(({ at }) => at?.[0])

beforeEach(() => {
  vi.useFakeTimers()
  told = []
  seeing = new Seeing(message => void told.push(message))
  seeing.shows(1)
})

afterEach(() => vi.useRealTimers())

test('who is alone tells nobody what they see', () => {
  for (let x = 0; x < 30; x++) seeing.at(seen(x), 'nobody')
  vi.advanceTimersByTime(10 * SEE_SELDOM)
  expect(told).toEqual([])
})

test('among others a pointer that moves is told of ten times a second, and where it ends', () => {
  for (let x = 0; x < 30; x++) seeing.at(seen(x), 'here')
  vi.advanceTimersByTime(SEE_EVERY)
  expect(places()).toEqual([0, 29])
  seeing.at(seen(29), 'here')
  vi.advanceTimersByTime(10 * SEE_EVERY)
  expect(told).toHaveLength(2)
})

test('while the others are elsewhere it is told seldom, and at once when one of them comes', () => {
  seeing.at(seen(1), 'elsewhere')
  seeing.at(seen(2), 'elsewhere')
  vi.advanceTimersByTime(SEE_SELDOM / 2)
  expect(places()).toEqual([1])
  seeing.at(seen(2), 'here')
  expect(places()).toEqual([1, 2])
})

test('what is seen of another micrograph is told once the server knows that it is shown', () => {
  seeing.at(seen(5, 2), 'here')
  expect(told).toEqual([])
  seeing.shows(2)
  expect(places()).toEqual([5])
})

test('a page that stops tells no more', () => {
  seeing.at(seen(1), 'here')
  seeing.at(seen(2), 'here')
  seeing.stop()
  vi.advanceTimersByTime(10 * SEE_EVERY)
  expect(places()).toEqual([1])
})
