import { signal } from '@preact/signals'
import { beforeEach, expect, test, vi } from 'vitest'
import { ApiError } from '../../../src/api/client'
import { ComingCoordinates } from '../../../src/desk/sources/coordinates'
import { ProjectState } from '../../../src/model/project'
import { History } from '../../../src/model/undo/history'
import type { CoordinateImport } from '../../../src/wire'
import { block, label, limits, micrographRow, projectRow } from '../../make'

const api = vi.hoisted(() => ({
  startCoordinateImport: vi.fn(),
  addCoordinateFiles: vi.fn(),
  getCoordinateImport: vi.fn(),
  changeCoordinateImport: vi.fn(),
  getComingPicks: vi.fn(),
  storeCoordinates: vi.fn(),
  dropCoordinateImport: vi.fn(),
}))
vi.mock('../../../src/api/coordinates', () => api)

const DRAFT = { id: 'i', picks: 1 } as CoordinateImport
const FILES = [{ file: new File(['1 2'], 'a.box'), folder: '' }]

let state: ProjectState
let said: string[]
let coming: ComingCoordinates
let history: History
const current = signal<number | null>(1)

beforeEach(() => {
  for (const each of Object.values(api)) each.mockReset().mockResolvedValue(null)
  api.startCoordinateImport.mockResolvedValue({ id: 'i', files: 0 })
  api.getCoordinateImport.mockResolvedValue(DRAFT)
  api.getComingPicks.mockResolvedValue(block([[100, 200, 1, 0]], 0))
  state = new ProjectState()
  state.project.value = projectRow()
  state.limits.value = limits()
  state.you.value = { id: 7, username: 'anna', role: 'annotator' }
  state.micrographs.value = [micrographRow(), micrographRow({ id: 2, name: 'other' })]
  said = []
  history = new History()
  current.value = 1
  coming = new ComingCoordinates({ id: 1, state, current, history, say: text => said.push(text) })
})

const settled = (): Promise<void> => new Promise(resolve => setTimeout(resolve))

test('files are brought, and seen on the open micrograph before anything is stored', async () => {
  await coming.bring(FILES)
  await settled()
  expect(coming.draft.value).toBe(DRAFT)
  expect(coming.of(1).map(({ x, y }) => [x, y])).toEqual([[100, 200]])
  expect(coming.of(2)).toEqual([])
  expect(api.storeCoordinates).not.toHaveBeenCalled()
})

test('what is wrong with a file is said in the panel, which stays open', async () => {
  api.getCoordinateImport.mockRejectedValue(new ApiError('a.box, line 3: “x” is not a number.', 400))
  await coming.bring(FILES)
  expect([coming.open.value, coming.error.value]).toEqual([true, 'a.box, line 3: “x” is not a number.'])
  expect(coming.draft.value).toBeNull()
})

test('a file that is too large is refused before anything is sent', async () => {
  const file = new File([], 'large.star')
  Object.defineProperty(file, 'size', { value: limits().coordinate_files + 1 })
  await coming.bring([{ file, folder: '' }])
  expect(coming.error.value).toContain('manage.py import_coordinates 1 large.star')
  expect(api.startCoordinateImport).not.toHaveBeenCalled()
})

test('of two changes the later one wins, whichever answer comes first', async () => {
  await coming.bring(FILES)
  let answer: (draft: CoordinateImport) => void = () => undefined
  api.changeCoordinateImport.mockReturnValueOnce(new Promise(resolve => (answer = resolve)))
  const first = coming.change({ merge_doubled: true })
  api.changeCoordinateImport.mockResolvedValueOnce({ ...DRAFT, picks: 2 })
  await coming.change({ merge_doubled: false })
  answer({ ...DRAFT, picks: 3 })
  await first
  expect(coming.draft.value?.picks).toBe(2)
})

test('an import that is given up is forgotten by the server', async () => {
  await coming.bring(FILES)
  coming.close()
  expect(api.dropCoordinateImport).toHaveBeenCalledWith('i')
  expect([coming.open.value, coming.of(1)]).toEqual([false, []])
})

test('stored labels are one step of undo once all have come', async () => {
  await coming.bring(FILES)
  api.storeCoordinates.mockResolvedValue({ source: null, labels: ['a', 'b'], already: 1 })
  await coming.store({ store_as: 'labels', kind: 'particle' })
  expect(said).toEqual(['Stored 2 labels. 1 were there already.'])
  expect(api.dropCoordinateImport).not.toHaveBeenCalled()
  state.marks.set('a', label({ id: 'a' }))
  expect(history.canUndo.value).toBe(false)
  state.marks.set('b', label({ id: 'b', micrograph: 2 }))
  await vi.waitFor(() => expect(history.canUndo.value).toBe(true))
  expect(history.steps.value.done).toHaveLength(1)
})

test('what the server refuses to store can be stored another way', async () => {
  await coming.bring(FILES)
  api.storeCoordinates.mockRejectedValue(new ApiError('There are picks named “Topaz” already.', 400))
  await coming.store({ store_as: 'source', name: 'Topaz' })
  expect(coming.error.value).toContain('Topaz')
  expect(coming.draft.value).toBe(DRAFT)
})

test('those who may not change the project are told why', async () => {
  state.you.value = { id: 8, username: 'ben', role: 'viewer' }
  await coming.bring(FILES)
  expect(said[0]).toContain('Viewers')
  expect(coming.open.value).toBe(false)
})

test('files that are offered are read when somebody asks for it, once', async () => {
  coming.offer(FILES)
  expect([coming.open.value, api.startCoordinateImport.mock.calls.length]).toEqual([false, 0])
  await coming.bringOffered()
  expect([coming.draft.value, coming.offered.value]).toEqual([DRAFT, []])
})
