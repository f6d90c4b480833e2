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
  expect(describe({ type: 'label', mark: label({ changedBy: 8 }) }, state)).toBe(
    'Particle by anna, changed by ben',
  )
})
