import { signal } from '@preact/signals'
import { beforeEach, expect, test } from 'vitest'
import { further, nextUnlabelled } from '../../src/desk/neighbours'
import { Counts } from '../../src/model/counts'
import { ProjectState } from '../../src/model/project'
import { label, micrographRow } from '../make'

let state: ProjectState
const current = signal<number | null>(2)
const desk = () => ({ state, current, counts: new Counts(state, () => undefined) })

beforeEach(() => {
  state = new ProjectState()
  state.micrographs.value = [1, 2, 3, 4].map(id => micrographRow({ id }))
  current.value = 2
})

test('there is a next and a previous one, and none beyond the ends', () => {
  expect([further(desk(), 1)?.id, further(desk(), -1)?.id]).toEqual([3, 1])
  current.value = 4
  expect(further(desk(), 1)).toBeUndefined()
})

test('the next without labels is looked for round the end, past what is excluded', () => {
  state.marks.set('a', label({ id: 'a', micrograph: 3 }))
  state.changeMicrograph(4, { excluded: true })
  expect(nextUnlabelled(desk())?.id).toBe(1)
})

test('once all others have labels there is none', () => {
  for (const id of [1, 3, 4]) state.marks.set(`on-${id}`, label({ id: `on-${id}`, micrograph: id }))
  expect(nextUnlabelled(desk())).toBeUndefined()
})
