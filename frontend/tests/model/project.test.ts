import { beforeEach, describe, expect, test } from 'vitest'
import { Counts } from '../../src/model/counts'
import { ProjectState } from '../../src/model/project'
import { type Project, ROLES, type Role } from '../../src/wire'
import { block, label, micrographRow } from '../make'

let state: ProjectState
beforeEach(() => {
  state = new ProjectState()
  state.micrographs.value = [micrographRow(), micrographRow({ id: 2 })]
  state.project.value = { id: 1, particle_diameter: 100 } as Project
  state.thresholds.value = { particle: 0.5, contamination: 0.4, minimumDistance: 1.5, borderMargin: 0.3 }
})

describe('the rule of a micrograph', () => {
  test('has its lengths in pixels', () => {
    expect(state.rule(1)).toEqual({
      particle: 0.5,
      contamination: 0.4,
      minimumDistance: 75,
      borderMargin: 15,
      width: 1000,
      height: 800,
    })
  })

  test('has its own thresholds in place of the project’s', () => {
    state.changeMicrograph(1, { particle_threshold: 0.8, contamination_threshold: 0.1 })
    expect(state.rule(1)).toMatchObject({ particle: 0.8, contamination: 0.1 })
    expect(state.rule(2)).toMatchObject({ particle: 0.5, contamination: 0.4 })
  })
})

describe('an excluded micrograph', () => {
  beforeEach(() => {
    for (const id of [1, 2]) {
      state.blocks.put(id, block([[500, 500, 0.9, 0]]))
      state.marks.set(`l${id}`, label({ id: `l${id}`, micrograph: id, x: 100 }))
    }
    state.changeMicrograph(2, { excluded: true })
  })

  test('counts nowhere', () => {
    const counts = new Counts(state, () => undefined)
    expect([counts.total.value.final, counts.total.value.particle]).toEqual([2, 1])
    expect([counts.labelled.value, counts.included.value]).toEqual([1, 1])
  })

  test('keeps its picks out of the histograms', () => {
    expect([...state.includedBlocks()]).toHaveLength(1)
  })
})

describe('picks nearer to the border than the margin', () => {
  beforeEach(() => {
    const places = [
      [14, 400, 0.9, 0],
      [15, 400, 0.9, 0],
    ]
    state.blocks.put(1, block(places))
  })
  const shown = (): number[] => [...state.includedBlocks()].map(({ count }) => count)

  test('are left out of histograms and of the score plane', () => {
    expect(shown()).toEqual([1])
    state.thresholds.value = { ...state.thresholds.value, borderMargin: 0 }
    expect(shown()).toEqual([2])
  })

  test('are told by a length that changes with the diameter', () => {
    expect(state.borderMargin.value).toBe(30)
    state.project.value = { id: 1, particle_diameter: 200 } as Project
    expect(state.borderMargin.value).toBe(60)
  })
})

describe('what a role may do', () => {
  const may = (role: Role): unknown[] => {
    state.you.value = { id: 7, username: 'ben', role }
    return [state.mayEdit.value, state.mayRun.value, state.mayManage.value, state.mayOwn.value]
  }

  test('is as the server has it', () => {
    expect((Object.keys(ROLES) as Role[]).map(may)).toEqual([
      [true, true, true, true],
      [true, true, true, false],
      [true, false, false, false],
      [false, false, false, false],
    ])
  })

  test('is nothing in an archived project but what takes it out of the archive', () => {
    state.project.value = { id: 1, archived: true } as Project
    expect(may('owner')).toEqual([false, false, true, true])
  })

  test('comes with whom to ask for more', () => {
    state.members.value = [
      { id: 1, username: 'anna', role: 'owner' },
      { id: 2, username: 'carl', role: 'manager' },
      { id: 7, username: 'ben', role: 'viewer' },
    ]
    may('annotator')
    expect(state.locked.value).toBe('')
    expect(state.lockedRun.value).toBe('Managers and owners do this. Ask anna or carl.')
    may('viewer')
    expect(state.locked.value).toMatch(/Ask anna or carl to make you an annotator/)
    state.guest.value = true
    expect(state.locked.value).toBe('Guests can only look. Ask anna or carl for an account here.')
  })
})
