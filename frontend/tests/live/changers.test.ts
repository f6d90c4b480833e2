import { expect, test } from 'vitest'
import { noteChanger } from '../../src/live/changers'
import type { LiveEvent } from '../../src/live/message'
import { ProjectState } from '../../src/model/project'
import { micrographRow, projectRow } from '../make'

function told(event: LiveEvent, actor: number | null = 8) {
  const state = new ProjectState()
  state.project.value = projectRow()
  state.micrographs.value = [micrographRow({ id: 1 })]
  noteChanger(state, { sequence: 1, event, actor, operation: null, at: '' })
  return Object.fromEntries(state.changers)
}

test('who changed a field of the project or of a micrograph is noted, and of no other field', () => {
  expect(told({ type: 'project.changed', project: projectRow({ particle_threshold: 0.9 }) })).toEqual({
    'project particle_threshold': 8,
  })
  expect(told({ type: 'micrograph.changed', micrograph: micrographRow({ id: 1, flagged: true }) })).toEqual({
    '1 flagged': 8,
  })
})

test('who changed a mark is noted, and that a change was nobody’s', () => {
  expect(told({ type: 'label.deleted', id: 'a', micrograph: 1 })).toEqual({ a: 8 })
  expect(told({ type: 'project.changed', project: projectRow({ current_training: 4 }) }, null)).toEqual({
    'project current_training': null,
  })
})
