import { effect } from '@preact/signals'
import { beforeEach, expect, test } from 'vitest'
import { Counts, canTrain, meanScore } from '../../src/model/counts'
import { ProjectState } from '../../src/model/project'
import type { Project } from '../../src/wire'
import { block, label, micrographRow, region, verdict } from '../make'

let state: ProjectState
let counts: Counts
beforeEach(() => {
  state = new ProjectState()
  state.micrographs.value = [micrographRow(), micrographRow({ id: 2 })]
  state.project.value = { id: 1, particle_diameter: 100 } as Project
  counts = new Counts(state, () => undefined)
})

test('verdicts in bulk label nothing: they are counted as verdicts', () => {
  for (const micrograph of [1, 2]) state.marks.set(`v${micrograph}`, verdict({ micrograph, kind: 'reject' }))
  state.marks.set(
    'moved',
    verdict({ id: 'moved', micrograph: 2, kind: 'move', x: 500, to: { x: 510, y: 100 } }),
  )
  expect([counts.labelled.value, counts.judged.value]).toEqual([0, 2])
  expect(counts.total.value).toMatchObject({ accepted: 1, rejected: 2, labelled: false })
})

test('picks that were rejected with their class are no background', () => {
  state.marks.set('v', verdict({ kind: 'reject', fit: 0.5 }))
  expect(counts.total.value).toMatchObject({ rejected: 0, rejectedInClass: 1 })
  expect(counts.judged.value).toBe(1)
})

test('it takes five particles and five background labels to train, or as many verdicts', () => {
  const tally = { ...counts.total.value, particle: 3, accepted: 2, background: 0, rejected: 5 }
  expect(canTrain(tally, 5)).toBe(true)
  expect(canTrain({ ...tally, accepted: 1 }, 5)).toBe(false)
  expect(canTrain({ ...tally, rejected: 4, contamination: 9 }, 5)).toBe(false)
})

test('a region drawn by hand is a label', () => {
  state.marks.set(
    'r',
    region(
      [
        [0, 0],
        [9, 0],
        [9, 9],
      ],
      { id: 'r', micrograph: 2 },
    ),
  )
  expect([counts.labelled.value, counts.of(2).labelled]).toEqual([1, true])
})

test('particles that people labelled are picks that count, but the networks found none of them', () => {
  state.marks.set('p', label({ id: 'p', x: 700 }))
  expect([counts.picked.value, counts.total.value.final, counts.total.value.found]).toEqual([false, 1, 0])
})

test('what the networks found stays so when a person accepts it', () => {
  state.blocks.put(
    1,
    block([
      [100, 100, 0.9, 0],
      [300, 300, 0.9, 0],
      [500, 500, 0.1, 0],
    ]),
  )
  state.notePicks()
  state.marks.set('a', verdict({ id: 'a', kind: 'accept' }))
  state.marks.set('p', label({ id: 'p', x: 700 }))
  expect([counts.picked.value, counts.total.value.final, counts.total.value.found]).toEqual([true, 3, 2])
})

test('the mean score leaves out what has none', () => {
  const pick = { x: 0, y: 0, contaminationScore: null, source: 'network' } as const
  expect(
    meanScore([
      { ...pick, particleScore: 0.5 },
      { ...pick, particleScore: null },
    ]),
  ).toBe(0.5)
  expect(meanScore([])).toBeNull()
})

test('who reads a count is told when it may have changed', () => {
  counts = new Counts(state, run => run())
  const seen: unknown[] = []
  const end = effect(() => void seen.push([counts.total.value.particle, counts.of(2).particle]))
  state.marks.set('p', label({ id: 'p', micrograph: 2 }))
  end()
  expect(seen).toEqual([
    [0, 0],
    [1, 1],
  ])
})

test('the mean score of a micrograph follows its picks', () => {
  expect(counts.score(1)).toBeNull()
  state.blocks.put(1, block([[500, 500, 0.9, 0]]))
  expect(counts.score(1)).toBeCloseTo(0.9)
})

test('micrographs that are labelled blind are not among what teaches', () => {
  state.marks.set('a', label({ id: 'a' }))
  state.marks.set('b', label({ id: 'b', micrograph: 2 }))
  state.changeMicrograph(2, { blind: true })
  expect([counts.total.value.particle, counts.teaching.value.particle]).toEqual([2, 1])
})
