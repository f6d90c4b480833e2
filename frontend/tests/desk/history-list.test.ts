import { signal } from '@preact/signals'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ApiError } from '../../src/api/client'
import { HistoryList } from '../../src/desk/history-list'
import { entry } from '../make'

const api = vi.hoisted(() => ({ getHistory: vi.fn(), getHistoryPage: vi.fn() }))
vi.mock('../../src/api/history', () => api)

const page = (lasts: readonly number[], next: string | null = null) => ({
  next,
  previous: null,
  results: lasts.map(last => entry({ first: last, last, micrograph: last })),
})
const reached = signal(30)
let list: HistoryList
let end: () => void
const lasts = () => list.entries.value.map(({ last }) => last)

beforeEach(async () => {
  vi.useFakeTimers()
  vi.stubGlobal('window', globalThis)
  reached.value = 30
  api.getHistory.mockReset().mockResolvedValue(page([30, 20], '/older'))
  api.getHistoryPage.mockReset().mockResolvedValue(page([10]))
  list = new HistoryList(3, reached)
  end = list.follow()
  await vi.advanceTimersByTimeAsync(5000)
})
afterEach(() => {
  end()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

test('older entries come page by page until there are no more', async () => {
  expect(lasts()).toEqual([30, 20])
  await list.older()
  await list.older()
  expect([lasts(), list.more.value]).toEqual([[30, 20, 10], false])
  expect(api.getHistoryPage).toHaveBeenCalledTimes(1)
})

test('what is new comes on top, asked for once however much there was', async () => {
  api.getHistory.mockClear().mockResolvedValue(page([33, 32]))
  reached.value = 32
  reached.value = 33
  await vi.advanceTimersByTimeAsync(5000)
  expect(lasts()).toEqual([33, 32, 30, 20])
  expect(api.getHistory).toHaveBeenCalledExactlyOnceWith(3, expect.anything(), 300, 30)
})

test('after more than a page of news the list begins again', async () => {
  api.getHistory.mockResolvedValueOnce(page([99], '/more')).mockResolvedValueOnce(page([99, 98]))
  reached.value = 99
  await vi.advanceTimersByTimeAsync(5000)
  expect(lasts()).toEqual([99, 98])
})

test('an answer for another filter is not taken', async () => {
  let answer: (value: unknown) => void = () => undefined
  api.getHistory.mockReturnValueOnce(
    new Promise(resolve => {
      answer = resolve
    }),
  )
  list.narrow({ person: 7 })
  api.getHistory.mockResolvedValue(page([5]))
  list.narrow({ person: 8 })
  answer(page([1]))
  await vi.advanceTimersByTimeAsync(0)
  expect(lasts()).toEqual([5])
})

test('what went wrong is said', async () => {
  api.getHistory.mockRejectedValue(new ApiError('Not today.', 500))
  list.narrow({ kind: 'labels' })
  await vi.advanceTimersByTimeAsync(0)
  expect(list.error.value).toBe('Not today.')
})
