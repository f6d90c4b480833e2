import { signal } from '@preact/signals'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Exports } from '../../src/desk/exports'
import type { Export } from '../../src/wire'

const api = vi.hoisted(() => ({
  getExport: vi.fn(),
  getExportedPoints: vi.fn(),
  listExports: vi.fn(),
  removeExport: vi.fn(),
  startExport: vi.fn(),
}))
vi.mock('../../src/api/exports', () => api)

const row = (id: number, status: string): Export => ({ id, status }) as Export

let exports: Exports
const current = signal<number | null>(1)
const sync = { held: vi.fn() }

beforeEach(() => {
  vi.useFakeTimers()
  for (const each of Object.values(api)) each.mockReset()
  current.value = 1
  sync.held.mockResolvedValue(undefined)
  exports = new Exports({ id: 7, sync, current })
})

afterEach(() => vi.useRealTimers())

test('an export that was asked for is followed until it has ended', async () => {
  api.startExport.mockResolvedValue(row(3, 'queued'))
  api.getExport.mockResolvedValueOnce(row(3, 'running')).mockResolvedValue(row(3, 'finished'))
  await exports.start({ format: 'csv' })
  expect(exports.kept.value[0]?.status).toBe('queued')
  await vi.advanceTimersByTimeAsync(5000)
  expect(exports.kept.value).toEqual([row(3, 'finished')])
  expect(api.getExport).toHaveBeenCalledTimes(2)
})

test('an export is asked for once the server holds what was changed before', async () => {
  let held: () => void = () => undefined
  sync.held.mockReturnValueOnce(new Promise<void>(resolve => (held = resolve)))
  api.startExport.mockResolvedValue(row(3, 'finished'))
  api.getExport.mockResolvedValue(row(3, 'finished'))
  const started = exports.start({ format: 'csv' })
  await vi.advanceTimersByTimeAsync(0)
  expect(api.startExport).not.toHaveBeenCalled()
  held()
  await started
  expect(api.startExport).toHaveBeenCalledOnce()
})

test('the preview follows the open micrograph, and an answer that comes late is dropped', async () => {
  let late: (points: unknown) => void = () => undefined
  api.getExportedPoints.mockReturnValueOnce(new Promise(resolve => (late = resolve)))
  api.getExportedPoints.mockResolvedValue({ points: [[5, 5]], box: null })
  const stop = exports.watch()
  exports.shown.value = row(3, 'finished')
  current.value = 2
  await vi.advanceTimersByTimeAsync(0)
  late({ points: [[1, 1]], box: null })
  await vi.advanceTimersByTimeAsync(0)
  expect(exports.points.value?.points).toEqual([[5, 5]])
  expect(api.getExportedPoints).toHaveBeenLastCalledWith(3, 2)
  exports.shown.value = null
  expect(exports.points.value).toBeNull()
  stop()
})

test('a preview ends with the export that it shows', async () => {
  api.listExports.mockResolvedValue([row(3, 'finished')])
  await exports.refresh()
  exports.shown.value = row(3, 'finished')
  await exports.remove(3)
  expect([exports.kept.value, exports.shown.value]).toEqual([[], null])
})
