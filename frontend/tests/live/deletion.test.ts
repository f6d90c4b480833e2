import { beforeEach, expect, test, vi } from 'vitest'
import { deleteMicrographs, restoreMicrographs } from '../../src/api/deleted'
import { Deletion } from '../../src/live/deletion'
import { ProjectState } from '../../src/model/project'
import { History } from '../../src/model/undo/history'
import { micrographRow } from '../make'

vi.mock('../../src/api/deleted', () => ({
  deleteMicrographs: vi.fn(async () => null),
  restoreMicrographs: vi.fn(async (_: number, ids: readonly number[]) => ids.map(id => ({ id }))),
}))

let state: ProjectState
let history: History
let deletion: Deletion

beforeEach(() => {
  vi.clearAllMocks()
  state = new ProjectState()
  state.micrographs.value = [1, 2].map(id => micrographRow({ id, name: `mic_00${id}` }))
  history = new History()
  deletion = new Deletion(9, state, history)
})

test('several that are deleted are one step', async () => {
  const step = await deletion.delete([1, 2])
  expect(deleteMicrographs).toHaveBeenCalledWith(9, [1, 2])
  expect(history.holds(step)).toBe(true)
  expect(step.deleted.map(({ name }) => name)).toEqual(['mic_001', 'mic_002'])
})

test('what the server refuses is no step', async () => {
  vi.mocked(deleteMicrographs).mockRejectedValueOnce(new Error('no'))
  await expect(deletion.delete([1])).rejects.toThrow('no')
  expect(history.canUndo.value).toBe(false)
})

test('only what is not there is restored, and only what is there is deleted again', async () => {
  const step = await deletion.delete([1, 2])
  state.micrographs.value = [micrographRow({ id: 2 })]
  expect(await deletion.replay(step, true)).toBe(1)
  expect(restoreMicrographs).toHaveBeenCalledWith(9, [1])
  expect(await deletion.replay(step, false)).toBe(1)
  expect(deleteMicrographs).toHaveBeenLastCalledWith(9, [2])
})

test('where somebody restored all of them nothing is asked', async () => {
  const step = await deletion.delete([1, 2])
  expect(await deletion.replay(step, true)).toBe(0)
  expect(restoreMicrographs).not.toHaveBeenCalled()
})
