import { expect, test } from 'vitest'
import { History, type SettingStep } from '../../../src/model/undo/history'

const moved = (from: number, to: number, gesture = 'drag'): SettingStep => ({
  type: 'setting',
  micrograph: null,
  before: { particle_threshold: from },
  after: { particle_threshold: to },
  gesture,
})

test('a drag is one step, from where it began to where it ended', () => {
  const history = new History()
  for (const step of [moved(0.5, 0.55), moved(0.55, 0.6), moved(0.6, 0.62)]) history.add(step)
  expect(history.steps.value.done).toEqual([moved(0.5, 0.62)])
})

test('two drags are two steps', () => {
  const history = new History()
  for (const step of [moved(0.5, 0.6, 'one'), moved(0.6, 0.7, 'two')]) history.add(step)
  expect(history.steps.value.done.length).toBe(2)
})

test('a drag that ends where it began is no step', () => {
  const history = new History()
  for (const step of [moved(0.5, 0.6), moved(0.6, 0.5)]) history.add(step)
  expect(history.canUndo.value).toBe(false)
})

test('a drag that goes on from what somebody else has set meanwhile is a step of its own', () => {
  const history = new History()
  for (const step of [moved(0.5, 0.6), moved(0.8, 0.7)]) history.add(step)
  expect(history.takeBack()).toEqual(moved(0.8, 0.7))
})

test('what is undone is not held any more, and what is forgotten is nowhere', () => {
  const history = new History()
  const step = history.add(moved(0.5, 0.6))
  expect(history.holds(step)).toBe(true)
  history.takeBack()
  expect(history.holds(step)).toBe(false)
  expect(history.takeBack(step)).toBeNull()
  history.forget(step)
  expect(history.canRedo.value).toBe(false)
})

test('a step that goes on is a change too', () => {
  const history = new History()
  history.add(moved(0.5, 0.6))
  const before = history.steps.value
  history.add(moved(0.6, 0.7))
  expect(history.steps.value).not.toBe(before)
})
