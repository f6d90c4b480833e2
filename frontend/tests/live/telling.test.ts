import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Telling } from '../../src/live/telling'

const EVERY = 200

let told: (number | null)[]
let looking: Telling<number | null>

beforeEach(() => {
  vi.useFakeTimers()
  told = []
  looking = new Telling<number | null>(null, EVERY, micrograph => void told.push(micrograph))
})

afterEach(() => vi.useRealTimers())

test('the first look is told at once, those that follow fast only by where they end', () => {
  for (let id = 1; id <= 30; id++) looking.at(id)
  expect(told).toEqual([1])
  vi.advanceTimersByTime(EVERY)
  expect(told).toEqual([1, 30])
})

test('who comes back at once to what was told has nothing to tell', () => {
  looking.at(1)
  looking.at(2)
  looking.at(1)
  vi.advanceTimersByTime(10 * EVERY)
  expect(told).toEqual([1])
})

test('a new connection is told again', () => {
  looking.at(1)
  vi.advanceTimersByTime(EVERY)
  looking.again()
  expect(told).toEqual([1, 1])
})

test('a page that stops tells no more', () => {
  looking.at(1)
  looking.at(2)
  looking.stop()
  vi.advanceTimersByTime(10 * EVERY)
  expect(told).toEqual([1])
})
