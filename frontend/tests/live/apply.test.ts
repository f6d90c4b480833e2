import { beforeEach, describe, expect, test } from 'vitest'
import { applyEvent } from '../../src/live/apply'
import type { LiveEvent } from '../../src/live/message'
import { ProjectState } from '../../src/model/project'
import type { Ctf, Job, MarkColumns, Project } from '../../src/wire'
import { assignment, averagesRow, block, micrographRow, source, training } from '../make'

const micrograph = micrographRow()
const project: Project = {
  id: 1,
  name: 'p',
  particle_diameter: 100,
  diameter_provisional: false,
  pixel_size: null,
  archived: false,
  particle_threshold: 0.5,
  contamination_threshold: 0.5,
  minimum_distance: 0,
  border_margin: 0.5,
  current_training: null,
  first_guess: true,
  keep_training: false,
}
const job: Job = {
  id: 3,
  kind: 'train',
  status: 'running',
  name: '',
  done: 0,
  total: 10,
  message: '',
  error: '',
  dismissed: false,
  created_by: 7,
  created_at: '',
}
const placed: LiveEvent = {
  type: 'label.put',
  id: 'a',
  micrograph: 1,
  kind: 'particle',
  x: 10,
  y: 20,
  author: 8,
  changed_by: null,
  created_at: '2026-01-01',
}

let state: ProjectState
let sequence = 0
const apply = (...events: LiveEvent[]): void => {
  for (const event of events) applyEvent(state, { sequence: ++sequence, event, operation: null })
}

beforeEach(() => {
  state = new ProjectState()
  apply({ type: 'micrograph.added', micrograph })
})

describe('applyEvent', () => {
  test('a mark that is put again comes last, as on the server', () => {
    apply(placed, { ...placed, id: 'b' }, { ...placed, x: 11 })
    expect(state.marks.of(1).labels.map(({ id }) => id)).toEqual(['b', 'a'])
  })

  test('a micrograph becomes blind, and is revealed with the marks of all', () => {
    apply({ type: 'micrographs.blind', micrographs: [1], seed: 7 })
    expect(state.micrograph(1)?.blind).toBe(true)
    const { type: _, ...row } = placed
    const labels = Object.fromEntries(Object.entries(row).map(([name, value]) => [name, [value]]))
    const none = { id: [], micrograph: [], author: [], changed_by: [], created_at: [] }
    const regions = { ...none, polygon: [] }
    const verdicts = { ...none, kind: [], x: [], y: [], to_x: [], to_y: [] }
    const marks = { labels, regions, verdicts } as unknown as MarkColumns
    apply({ type: 'micrograph.revealed', micrograph, marks, early: false, people: [] })
    expect(state.micrograph(1)?.blind).toBe(false)
    expect(state.marks.get('a')).toMatchObject({ author: 8, x: 10 })
  })

  test('who has which micrograph changes, and which two are to label', () => {
    const one = assignment()
    const about = { change: 'given', micrographs: [1], people: [one.user] } as const
    apply({ type: 'assignments.changed', assignments: [one], removed: [], doubled: [1], ...about })
    expect(state.queue.of(1)).toEqual([one])
    expect(state.micrograph(1)?.double).toBe(true)
    apply({ type: 'assignments.changed', assignments: [], removed: [one.id], doubled: [], ...about })
    expect(state.queue.used.value).toBe(false)
  })

  test('a label of somebody else appears, and once only', () => {
    apply(placed, placed)
    expect(state.marks.of(1).labels).toHaveLength(1)
  })

  test('a deletion takes it away, and again does no harm', () => {
    const deleted: LiveEvent = { type: 'label.deleted', id: 'a', micrograph: 1 }
    apply(placed, deleted, deleted)
    expect(state.marks.size).toBe(0)
  })

  test('a restored micrograph comes with its marks', () => {
    const { type: _, ...row } = placed as Extract<LiveEvent, { type: 'label.put' }>
    const labels = Object.fromEntries(Object.entries(row).map(([name, value]) => [name, [value]]))
    const none = { id: [], micrograph: [], author: [], changed_by: [], created_at: [] }
    const verdicts = { ...none, kind: [], x: [], y: [], to_x: [], to_y: [] }
    const marks = { labels, regions: { ...none, polygon: [] }, verdicts } as unknown as MarkColumns
    apply(placed, { type: 'micrograph.removed', id: 1 }, { type: 'micrograph.added', micrograph })
    expect(state.marks.of(1).labels).toEqual([])
    apply({ type: 'micrograph.restored', micrograph: 1, marks })
    expect(state.marks.of(1).labels).toMatchObject([{ id: 'a', author: 8, x: 10, y: 20 }])
  })

  test('a micrograph that leaves takes its marks and picks with it', () => {
    state.blocks.put(1, block([[1, 1, 1, 0]]))
    apply(placed, { type: 'micrograph.removed', id: 1 })
    expect([state.marks.size, state.blocks.of(1), state.micrographs.value.length]).toEqual([0, null, 0])
  })

  test('micrographs stand by name, in whatever order they arrive', () => {
    for (const [id, name] of [
      [4, 'mic_10'],
      [5, 'g1/mic_2'],
      [6, 'mic_2'],
    ] as const)
      apply({ type: 'micrograph.added', micrograph: micrographRow({ id, name }) })
    apply({ type: 'micrograph.changed', micrograph: micrographRow({ id: 4, name: 'a/mic_10' }) })
    const names = state.micrographs.value.map(({ name }) => name)
    expect(names).toEqual(['a/mic_10', 'g1/mic_2', 'mic', 'mic_2'])
  })

  test('CTF values come to the micrographs they are of', () => {
    const ctf = { defocus_u: 15000 } as Ctf
    apply({
      type: 'ctf.changed',
      values: [
        [1, ctf],
        [99, ctf],
      ],
    })
    expect(state.micrographs.value.map(row => row.ctf)).toEqual([ctf])
  })

  test('progress adds only loss points that are new', () => {
    const progress: LiveEvent = {
      type: 'job.progress',
      id: 3,
      done: 1,
      total: 10,
      message: 'step',
      losses: [['particle', 5, 0.5]],
    }
    apply({ type: 'job.changed', job }, progress, progress)
    expect(state.jobs.value[0]).toMatchObject({ done: 1, losses: [['particle', 5, 0.5]] })
  })

  test('a change of a job keeps the losses it came with before', () => {
    apply({ type: 'job.changed', job: { ...job, losses: [['particle', 1, 1]] } })
    apply({ type: 'job.changed', job: { ...job, status: 'finished' } })
    expect(state.jobs.value[0]).toMatchObject({ status: 'finished', losses: [['particle', 1, 1]] })
  })

  test('a finished import leaves the list, a failed one stays', () => {
    const importing: Job = { ...job, id: 4, kind: 'import' }
    apply(
      { type: 'job.changed', job: importing },
      { type: 'job.changed', job: { ...importing, status: 'failed' } },
    )
    expect(state.jobs.value).toHaveLength(1)
    apply({ type: 'job.changed', job: { ...importing, status: 'finished' } })
    expect(state.jobs.value).toHaveLength(0)
  })

  test('a change of role of oneself takes hold at once', () => {
    state.you.value = { id: 7, username: 'me', role: 'viewer' }
    expect(state.mayEdit.value).toBe(false)
    apply({ type: 'member.changed', joined: false, member: { id: 7, username: 'me', role: 'annotator' } })
    expect(state.mayEdit.value).toBe(true)
  })

  test('an archived project is locked, with the reason', () => {
    state.you.value = { id: 7, username: 'me', role: 'owner' }
    expect(state.mayEdit.value).toBe(true)
    apply({ type: 'project.changed', project: { ...project, archived: true } })
    expect(state.mayEdit.value).toBe(false)
    expect(state.locked.value).toContain('archived')
  })

  test('picks of an older training show once it is made current, and newer ones do not replace them', () => {
    apply({ type: 'source.added', source: source({ id: 8, training: 3 }) })
    apply({ type: 'source.added', source: source({ id: 9, training: 4 }) })
    state.blocks.put(1, block([[1, 1, 1, 0]], 9))
    apply({ type: 'project.changed', project: { ...project, current_training: 3 } })
    state.blocks.put(1, block([[2, 2, 1, 0]], 8))
    state.blocks.put(1, block([[1, 1, 1, 0]], 9))
    apply({ type: 'picks.added', micrograph: 1, source: 8, count: 3 })
    apply({ type: 'picks.added', micrograph: 1, source: 9, count: 50 })
    expect(state.blocks.of(1)?.source).toBe(8)
    expect(state.micrograph(1)?.picks).toEqual({ source: 8, count: 3 })
  })

  test('picks that were fetched are noted at their micrographs', () => {
    state.blocks.put(1, block([[1, 1, 1, 0]], 9))
    state.notePicks()
    expect(state.micrograph(1)?.picks).toEqual({ source: 9, count: 1 })
  })

  test('a first guess that is removed takes its picks along, and the next one takes its place', () => {
    apply({ type: 'source.added', source: source({ id: 8, kind: 'first_guess', training: null }) })
    apply({ type: 'picks.added', micrograph: 1, source: 8, count: 1 })
    state.blocks.put(1, block([[10, 10, 0.9, 0]], 8))
    expect(state.guess.value?.id).toBe(8)
    apply({ type: 'source.removed', id: 8 })
    expect(state.blocks.of(1)).toBeNull()
    expect(state.micrograph(1)?.picks).toBeNull()
    apply({ type: 'picks.added', micrograph: 1, source: 9, count: 2 })
    expect(state.micrograph(1)?.picks).toEqual({ source: 9, count: 2 })
  })

  test('averages come, sharpen and go', () => {
    apply({ type: 'averages.changed', averages: averagesRow({ number: 1 }) })
    apply({ type: 'averages.changed', averages: averagesRow({ number: 2, round: 1 }) })
    apply({ type: 'averages.changed', averages: averagesRow({ number: 2, round: 2 }) })
    expect(state.averages.value.map(({ number, round }) => [number, round])).toEqual([
      [1, 3],
      [2, 2],
    ])
    apply({ type: 'averages.deleted', number: 1 })
    expect(state.averages.value.map(({ number }) => number)).toEqual([2])
  })

  test('sources come, change and go', () => {
    const imported = source({ id: 12, kind: 'imported', name: 'Topaz', training: null })
    apply({ type: 'source.added', source: imported })
    apply({ type: 'source.changed', source: { ...imported, threshold: 2 } })
    expect(state.sources.value).toEqual([{ ...imported, threshold: 2 }])
    state.sourceBlocks.put(12, new Map([[1, block([[1, 1, 1, 0]], 12)]]))
    apply({ type: 'source.removed', id: 12 })
    expect(state.sources.value).toEqual([])
    expect(state.sourceBlocks.of(12, 1)).toBeNull()
  })

  test('figures of a validation take the place of none', () => {
    apply({ type: 'training.finished', training: training({ validation: null }) })
    apply({ type: 'training.validated', training: training() })
    expect(state.trainings.value).toEqual([training()])
  })

  test('a validation that has ended leaves the list', () => {
    const validating: Job = { ...job, id: 5, kind: 'validate' }
    apply({ type: 'job.changed', job: validating })
    expect(state.jobs.value).toHaveLength(1)
    apply({ type: 'job.changed', job: { ...validating, status: 'finished' } })
    expect(state.jobs.value).toHaveLength(0)
  })

  test('picks of an older training do not replace the note of newer ones', () => {
    apply({ type: 'picks.added', micrograph: 1, source: 9, count: 50 })
    apply({ type: 'picks.added', micrograph: 1, source: 8, count: 3 })
    expect(state.micrograph(1)?.picks).toEqual({ source: 9, count: 50 })
  })
})
