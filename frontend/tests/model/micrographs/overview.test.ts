import { expect, test } from 'vitest'
import type { Tally } from '../../../src/model/counts'
import { listMicrographs, type OverviewChoice } from '../../../src/model/micrographs/overview'
import type { Ctf, Micrograph } from '../../../src/wire'
import { micrographRow } from '../../make'

const tally = (change: Partial<Tally>): Tally => ({
  particle: 0,
  background: 0,
  contamination: 0,
  accepted: 0,
  rejected: 0,
  rejectedInClass: 0,
  labelled: false,
  final: 0,
  found: 0,
  ...change,
})

const row = (id: number, name: string, change: Partial<Micrograph> = {}): Micrograph =>
  micrographRow({ id, name, created_at: `2026-01-0${id}T00:00:00Z`, ...change })

const ROWS = [row(2, 'grid_9', { picks: { source: 1, count: 5 } }), row(1, 'grid_10'), row(3, 'Hole_1')]
const TALLIES: Record<number, Tally> = {
  1: tally({ particle: 3, labelled: true }),
  2: tally({ final: 5, rejected: 1 }),
  3: tally({ particle: 1, background: 1, final: 9, labelled: true }),
}
const SCORES: Record<number, number | null> = { 1: null, 2: 0.9, 3: 0.4 }

function names(change: Partial<OverviewChoice>): string[] {
  const choice: OverviewChoice = { sort: 'name', descending: false, state: 'all', text: '', ...change }
  const counts = { of: (id: number) => TALLIES[id] as Tally, score: (id: number) => SCORES[id] ?? null }
  return listMicrographs(ROWS, choice, counts).map(({ name }) => name)
}

test('by name they stay as they are, or are turned round', () => {
  expect(names({})).toEqual(['grid_9', 'grid_10', 'Hole_1'])
  expect(names({ descending: true })).toEqual(['Hole_1', 'grid_10', 'grid_9'])
})

test.each([
  ['picks', ['grid_10', 'grid_9', 'Hole_1']],
  ['labels', ['grid_9', 'Hole_1', 'grid_10']],
  ['time', ['grid_10', 'grid_9', 'Hole_1']],
] as const)('sorted by %s, least first', (sort, order) => {
  expect(names({ sort })).toEqual(order)
  expect(names({ sort, descending: true })).toEqual([...order].reverse())
})

test('without a score a micrograph comes last either way', () => {
  expect(names({ sort: 'score' })).toEqual(['Hole_1', 'grid_9', 'grid_10'])
  expect(names({ sort: 'score', descending: true })).toEqual(['grid_9', 'Hole_1', 'grid_10'])
})

test('sorted by defocus, with what has no CTF last', () => {
  const ctf = (defocus_u: number, defocus_v: number): Ctf => ({ defocus_u, defocus_v }) as Ctf
  const rows = [row(1, 'a'), row(2, 'b', { ctf: ctf(2e4, 2e4) }), row(3, 'c', { ctf: ctf(1e4, 2e4) })]
  const counts = { of: () => tally({}), score: () => null }
  const sorted = (descending: boolean): string[] =>
    listMicrographs(rows, { sort: 'defocus', descending, state: 'all', text: '' }, counts).map(r => r.name)
  expect([sorted(false), sorted(true)]).toEqual([
    ['c', 'b', 'a'],
    ['b', 'c', 'a'],
  ])
})

test.each([
  ['labelled', ['grid_10', 'Hole_1']],
  ['unlabelled', ['grid_9']],
  ['judged', ['grid_9']],
  ['unjudged', ['grid_10', 'Hole_1']],
  ['picked', ['grid_9']],
  ['unpicked', ['grid_10', 'Hole_1']],
] as const)('only those that are %s', (state, left) => {
  expect(names({ state })).toEqual(left)
})

test('a part of the name is enough, in either case', () => {
  expect(names({ text: ' hole' })).toEqual(['Hole_1'])
})

test('what is flagged or excluded can be found', () => {
  const rows = [row(1, 'a', { flagged: true }), row(2, 'b', { excluded: true }), row(3, 'c')]
  const counts = { of: () => tally({}), score: () => null }
  const inState = (state: OverviewChoice['state']): number[] =>
    listMicrographs(rows, { sort: 'name', descending: false, state, text: '' }, counts).map(({ id }) => id)
  expect([inState('flagged'), inState('excluded')]).toEqual([[1], [2]])
})
