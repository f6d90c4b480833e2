import { beforeEach, describe, expect, test } from 'vitest'
import type { Mark } from '../../../src/model/marks/mark'
import { ProjectState } from '../../../src/model/project'
import { marksInWords, settingInWords, valueInWords } from '../../../src/model/undo/step-words'
import { label, micrographRow, region, training, verdict } from '../../make'

let state: ProjectState
beforeEach(() => {
  state = new ProjectState()
  state.micrographs.value = [1, 2].map(id => micrographRow({ id, name: `mic_00${id}` }))
})

const put = (after: Mark) => ({ before: null, after })
const gone = (before: Mark) => ({ before, after: null })
const dirt = label({ kind: 'contamination' })

describe('marks', () => {
  test.each([
    [[put(dirt)], 'contamination label on mic_001'],
    [[gone(dirt)], 'erased contamination label on mic_001'],
    [[{ before: dirt, after: { ...dirt, x: 9 } }], 'moved contamination label on mic_001'],
    [[{ before: label(), after: dirt }], 'change to contamination label on mic_001'],
    [[1, 2].map(() => ({ before: label(), after: dirt })), '2 changes to contamination label on mic_001'],
    [[put(region([]))], 'contamination region on mic_001'],
    [[put(verdict({ kind: 'reject' })), put(verdict({ kind: 'reject' }))], '2 rejected picks on mic_001'],
    [[gone(verdict({ kind: 'reject' }))], 'erased rejection on mic_001'],
    [
      [gone(dirt), gone(dirt), put(verdict({ kind: 'move' }))],
      '2 erased contamination labels and moved pick on mic_001',
    ],
    [[put(dirt), put({ ...dirt, micrograph: 2 })], '2 contamination labels on 2 micrographs'],
  ])('%#: they are named by kind, number and place', (changes, words) => {
    expect(marksInWords(state, changes)).toBe(words)
  })

  test('a verdict that gave way to another is not told beside it', () => {
    const changes = [gone(verdict({ kind: 'accept' })), put(verdict({ kind: 'reject' }))]
    expect(marksInWords(state, changes)).toBe('rejected pick on mic_001')
  })
})

describe('settings', () => {
  test('those of a micrograph say which, those of the project do not', () => {
    expect(settingInWords(state, null, ['particle_threshold'])).toBe('particle threshold')
    expect(settingInWords(state, 2, ['excluded'])).toBe('exclusion of mic_002')
    expect(settingInWords(state, 1, ['excluded', 'flagged', 'note'])).toBe(
      'exclusion, flag and note on mic_001',
    )
  })

  test.each([
    ['particle_threshold', 0.5, '0.50'],
    ['minimum_distance', 0, 'off'],
    ['border_margin', 0.5, '0.50 ⌀'],
    ['pixel_size', null, 'read from each file'],
    ['keep_training', true, 'on'],
    ['note', 'Ice', '“Ice”'],
    ['note', '', 'empty'],
    ['current_training', 5, 'version 3'],
  ] as const)('%s of %s is told as people write it', (name, value, words) => {
    state.trainings.value = [training({ id: 5, version: 3 })]
    expect(valueInWords(state, null, [name], { [name]: value })).toBe(words)
  })

  test('several values are not told', () => {
    expect(valueInWords(state, 1, ['flagged', 'note'])).toBe('')
  })
})
