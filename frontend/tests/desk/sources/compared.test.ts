import { type Signal, signal } from '@preact/signals'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ApiError } from '../../../src/api/client'
import { Compared } from '../../../src/desk/sources/compared'
import type { Comparison } from '../../../src/wire'

const api = vi.hoisted(() => ({ getComparedPlaces: vi.fn() }))
vi.mock('../../../src/api/comparisons', () => api)

const two = { first: 'networks', second: 'source:5' }
const found: Comparison = {
  titles: ['The networks', 'Topaz'],
  first: 1,
  second: 1,
  matched: 1,
  precision: 1,
  recall: 1,
  f1: 1,
  offset: [0, 0],
  offset_px: [0, 0],
  offsets: [[0, 0]],
  sentences: [],
  micrographs: [],
}
const of = (x: number) => ({ matched: [[x, x]], only_first: [], only_second: [] })

let current: Signal<number | null>
let said: string[]
let compared: Compared

beforeEach(() => {
  api.getComparedPlaces.mockReset().mockImplementation(async (id: number) => of(id))
  current = signal<number | null>(1)
  said = []
  compared = new Compared({ current, say: text => said.push(text) })
  compared.start()
})
afterEach(() => compared.stop())

test('the places of the open micrograph are fetched, and those of the next one', async () => {
  compared.show(two, found)
  await vi.waitFor(() => expect(compared.places.value).toEqual(of(1)))
  current.value = 2
  expect(compared.places.value).toBeNull()
  await vi.waitFor(() => expect(compared.places.value).toEqual(of(2)))
})

test('nothing is fetched before something is compared, nor after it was left', async () => {
  current.value = 2
  compared.show(two, found)
  compared.leave()
  current.value = 3
  await Promise.resolve()
  expect(api.getComparedPlaces).toHaveBeenCalledTimes(1)
  expect(compared.places.value).toBeNull()
})

test('places that come after another micrograph was opened are not shown', async () => {
  let answer: (places: unknown) => void = () => undefined
  api.getComparedPlaces.mockReturnValueOnce(
    new Promise(resolve => {
      answer = resolve
    }),
  )
  compared.show(two, found)
  current.value = 2
  await vi.waitFor(() => expect(compared.places.value).toEqual(of(2)))
  answer(of(1))
  await Promise.resolve()
  expect(compared.places.value).toEqual(of(2))
})

test('a failure is said', async () => {
  api.getComparedPlaces.mockRejectedValue(new ApiError('The server is full.', 500))
  compared.show(two, found)
  await vi.waitFor(() => expect(said[0]).toContain('The server is full.'))
})
