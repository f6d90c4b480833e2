import { signal } from '@preact/signals'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Presence } from '../../src/desk/presence'
import type { Point } from '../../src/geometry/point'
import type { View } from '../../src/geometry/view'
import { ProjectState } from '../../src/model/project'
import type { Person, PointMessage, SeeMessage } from '../../src/wire'
import { micrographRow } from '../make'

const ME = 7
const BEN = 8

let state: ProjectState
let presence: Presence
let said: string[]
let sent: (SeeMessage | PointMessage)[]
let followed: (number | null)[]
let offered: (() => void) | undefined
const current = signal<number | null>(1)
const cursor = signal<Point | null>(null)
const view = signal<View | null>({ scale: 1, left: 0, top: 0, width: 100, height: 100 })
const place = signal<Point | null>(null)

const person = (id: number, micrograph: number | null, following: number | null = null): Person => ({
  id,
  username: id === BEN ? 'ben' : `${id}`,
  micrograph,
  following,
})
const ben = (micrograph: number | null, following: number | null = null): void => {
  state.people.value = [person(ME, current.peek()), person(BEN, micrograph, following)]
}
const sees = (micrograph: number, left: number): void =>
  state.views.take(micrograph, [{ person: BEN, at: null, view: [left, 0, left + 50, 50] }])

afterEach(() => vi.useRealTimers())

beforeEach(() => {
  current.value = 1
  cursor.value = null
  place.value = null
  said = []
  sent = []
  followed = []
  offered = undefined
  state = new ProjectState()
  state.you.value = { id: ME, username: 'anna', role: 'owner' }
  state.micrographs.value = [
    micrographRow(),
    micrographRow({ id: 2, key: 'k2', name: 'mic_002', file_name: 'mic_002.mrc' }),
  ]
  presence = new Presence({
    state,
    current,
    cursor,
    view,
    place,
    sync: {
      see: seen => void sent.push(seen),
      point: message => void sent.push(message),
      follow: id => void followed.push(id),
    },
    say: (message, _kind, action) => {
      said.push(message)
      offered = action?.run
    },
    open: id => {
      current.value = id
    },
  })
  presence.start()
})

test('a visit opens the micrograph where somebody is and shows what they see, for a moment', () => {
  vi.useFakeTimers()
  ben(2)
  presence.go(BEN)
  expect(current.value).toBe(2)
  expect(presence.aim.value).toBeNull()
  sees(2, 10)
  expect(presence.aim.value).toMatchObject({ micrograph: 2, view: { left: 10 } })
  sees(2, 20)
  expect(presence.aim.value).toMatchObject({ view: { left: 20 } })
  vi.advanceTimersByTime(2000)
  sees(2, 30)
  expect(presence.aim.value).toMatchObject({ view: { left: 20 } })
  expect(said).toEqual(['ben is here, on mic_002.'])
})

test('a visit offers to follow', () => {
  ben(2)
  presence.go(BEN)
  offered?.()
  expect([presence.following.value, followed.at(-1)]).toEqual([BEN, BEN])
})

test('whoever is followed is followed from view to view and onto other micrographs', () => {
  ben(1)
  sees(1, 10)
  presence.follow(BEN)
  expect(presence.aim.value).toMatchObject({ micrograph: 1, view: { left: 10 } })
  ben(2)
  expect(current.value).toBe(2)
  sees(2, 30)
  expect(presence.aim.value).toMatchObject({ micrograph: 2, view: { left: 30 } })
})

test('opening another micrograph by oneself ends following', () => {
  ben(2)
  presence.follow(BEN)
  current.value = 1
  expect([presence.following.value, followed.at(-1)]).toEqual([null, null])
})

test('following ends when the one followed leaves, and says so', () => {
  ben(1)
  presence.follow(BEN)
  state.people.value = [person(ME, 1)]
  expect(presence.following.value).toBeNull()
  expect(said.at(-1)).toContain('you no longer follow')
})

test('two who follow each other hold still until one of them moves', () => {
  ben(1, ME)
  presence.follow(BEN)
  sees(1, 10)
  expect([presence.inCircle.value, presence.aim.value]).toEqual([true, null])
  ben(1)
  expect(presence.aim.value).toMatchObject({ view: { left: 10 } })
})

test('one sees who follows one', () => {
  ben(2, ME)
  expect(presence.followers.value.map(({ id }) => id)).toEqual([BEN])
})

test('a guest is not among the others, and another guest of the same link is', () => {
  state.here.value = 1001
  state.people.value = [person(1001, 1), person(1002, 1)]
  expect(presence.others.value.map(({ id }) => id)).toEqual([1002])
})

test('others on the same micrograph are seen, oneself and those elsewhere are not', () => {
  sees(1, 10)
  ben(1)
  expect(presence.seenHere().map(seen => seen.person)).toEqual([BEN])
  ben(2)
  expect(presence.seenHere()).toEqual([])
})

test('a place pointed at in view is a ring, one elsewhere is offered to go to', () => {
  ben(1)
  state.pointed.value = { type: 'pointed', person: BEN, micrograph: 1, at: [5, 5] }
  expect([presence.pings.value.length, said]).toEqual([1, []])
  state.pointed.value = { type: 'pointed', person: BEN, micrograph: 2, at: [5, 6] }
  expect(said).toEqual(['ben points at something on mic_002.'])
  offered?.()
  expect([current.value, place.value]).toEqual([2, { x: 5, y: 6 }])
})

test('one’s own pointing is shown and told, but not many times a second', () => {
  ben(1)
  presence.point({ x: 1.234, y: 2 })
  presence.point({ x: 3, y: 4 })
  expect(sent.filter(({ type }) => type === 'point')).toEqual([
    { type: 'point', micrograph: 1, at: [1.2, 2] },
  ])
  expect(presence.pings.value).toHaveLength(1)
})
