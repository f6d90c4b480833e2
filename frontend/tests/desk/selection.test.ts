import { expect, test } from 'vitest'
import { Selection } from '../../src/desk/selection'
import { ProjectState } from '../../src/model/project'
import { block, label } from '../make'

const settled = () => new Promise(resolve => setTimeout(resolve))

function selectionOf(state: ProjectState): Selection {
  const selection = new Selection(state, () => 1)
  state.marks.listen(() => selection.follow())
  return selection
}

test('a selected label follows its changes and goes when it is erased', async () => {
  const state = new ProjectState()
  const selection = selectionOf(state)
  const mark = label({ id: 'a' })
  state.marks.set('a', mark)
  selection.set([{ type: 'label', mark }])
  state.marks.set('a', { ...mark, kind: 'background' })
  await settled()
  expect(selection.only.value).toMatchObject({ mark: { kind: 'background' } })
  state.marks.set('a', null)
  await settled()
  expect(selection.targets.value).toEqual([])
})

test('a selected pick goes when a threshold hides it', async () => {
  const state = new ProjectState()
  const selection = selectionOf(state)
  state.blocks.put(1, block([[10, 10, 0.75, 0]]))
  selection.set(state.finals.of(1).map(pick => ({ type: 'pick', pick })))
  state.thresholds.value = { ...state.thresholds.value, particle: 0.9 }
  state.finals.forgetAll()
  selection.follow()
  await settled()
  expect(selection.targets.value).toEqual([])
})

test('there is an only one where one thing is selected, and none where two are', () => {
  const selection = selectionOf(new ProjectState())
  const [one, two] = [label(), label()].map(mark => ({ type: 'label', mark }) as const)
  if (one) selection.choose([one], 'replace')
  expect(selection.only.value).toBe(one)
  if (two) selection.choose([two], 'add')
  expect(selection.only.value).toBeNull()
})
