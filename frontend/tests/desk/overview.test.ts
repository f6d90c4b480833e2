import { signal } from '@preact/signals'
import { beforeEach, expect, test } from 'vitest'
import { Overview } from '../../src/desk/overview'
import { Counts } from '../../src/model/counts'
import { ProjectState } from '../../src/model/project'
import { label, micrographRow } from '../make'

let state: ProjectState
let cleared: number
let overview: Overview
beforeEach(() => {
  state = new ProjectState()
  state.micrographs.value = [micrographRow({ id: 1, name: 'a' }), micrographRow({ id: 2, name: 'b' })]
  cleared = 0
  overview = new Overview({
    state,
    counts: new Counts(state, run => run()),
    current: signal(2),
    selection: { clear: () => cleared++ },
  })
})

test('opens at the open micrograph, with nothing selected behind it', () => {
  overview.toggle()
  expect([overview.open.value, overview.at.value, cleared]).toEqual([true, 2, 1])
})

test('its list follows what is labelled while it is open', () => {
  overview.set({ state: 'labelled' })
  const seen: number[][] = []
  overview.list.subscribe(rows => seen.push(rows.map(({ id }) => id)))
  state.marks.set('p', label({ id: 'p', micrograph: 2 }))
  expect(seen).toEqual([[], [2]])
})
