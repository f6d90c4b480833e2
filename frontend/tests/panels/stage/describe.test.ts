import { beforeEach, expect, test } from 'vitest'
import { ProjectState } from '../../../src/model/project'
import { describe } from '../../../src/panels/stage/describe'
import { label, region, verdict } from '../../make'

let state: ProjectState

beforeEach(() => {
  state = new ProjectState()
  const member = (id: number, username: string) => ({ id, username, role: 'annotator' }) as never
  state.members.value = [member(7, 'anna'), member(8, 'ben')]
})

test('a mark says what it is and whose', () => {
  expect(describe({ type: 'label', mark: label() }, state)).toBe('Particle by anna')
  expect(describe({ type: 'verdict', mark: verdict() }, state)).toBe('Accepted by anna')
  expect(describe({ type: 'region', mark: region([[0, 0]]) }, state)).toBe('Contamination region by anna')
})

test('a mark that somebody else changed says that too', () => {
  const mark = label()
  state.changers.set(mark.id, 8)
  expect(describe({ type: 'label', mark }, state)).toBe('Particle by anna, changed by ben')
  state.changers.set(mark.id, 7)
  expect(describe({ type: 'label', mark }, state)).toBe('Particle by anna')
})

test('at an earlier moment it is not said who changed a mark later', () => {
  const mark = label()
  state.changers.set(mark.id, 8)
  state.travelling.value = true
  expect(describe({ type: 'label', mark }, state)).toBe('Particle by anna')
})
