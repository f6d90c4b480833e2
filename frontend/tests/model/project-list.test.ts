import { expect, test } from 'vitest'
import { chooseProjects } from '../../src/model/project-list'
import type { ListedProject } from '../../src/wire'

const project = (name: string, changed_at: string, ...people: string[]): ListedProject =>
  ({
    name,
    changed_at,
    members: people.map((username, id) => ({ id, username, role: 'owner' })),
  }) as unknown as ListedProject

const PROJECTS = [
  project('Grid 10', '2026-03-01T10:00:00+00:00', 'anna'),
  project('Grid 9', '2026-03-03T10:00:00+00:00', 'Ben'),
  project('Apoferritin', '2026-03-02T10:00:00+00:00', 'anna', 'Ben'),
]
const names = (sort: 'changed' | 'name', text = ''): string[] =>
  chooseProjects(PROJECTS, { sort, text }).map(({ name }) => name)

test('the last changed comes first', () => {
  expect(names('changed')).toEqual(['Grid 9', 'Apoferritin', 'Grid 10'])
})

test('by name, numbers count as numbers', () => {
  expect(names('name')).toEqual(['Apoferritin', 'Grid 9', 'Grid 10'])
})

test('what is sought may stand in the name of a project or of a person, in either case', () => {
  expect(names('name', ' grid ')).toEqual(['Grid 9', 'Grid 10'])
  expect(names('name', 'ben')).toEqual(['Apoferritin', 'Grid 9'])
  expect(names('name', 'ribosome')).toEqual([])
})
