import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { ApiError } from '../../src/api/client'
import { changeMicrograph } from '../../src/api/micrographs'
import { changeProject } from '../../src/api/projects'
import { makeCurrent } from '../../src/api/trainings'
import { SharedSettings } from '../../src/live/shared-settings'
import { ProjectState } from '../../src/model/project'
import type { Values } from '../../src/model/setting'
import { History } from '../../src/model/undo/history'
import { micrographRow, projectRow } from '../make'

vi.mock('../../src/api/projects')
vi.mock('../../src/api/micrographs')
vi.mock('../../src/api/trainings')

const OFFLINE = new ApiError('The server cannot be reached.', 0)
let state: ProjectState
let history: History
let shared: SharedSettings
let said: string[]

beforeEach(() => {
  vi.useFakeTimers()
  vi.resetAllMocks()
  state = new ProjectState()
  state.you.value = { id: 7, username: 'anna', role: 'owner' }
  state.project.value = projectRow()
  state.micrographs.value = [micrographRow({ id: 1 }), micrographRow({ id: 2 })]
  history = new History()
  said = []
  shared = new SharedSettings(state, history, message => said.push(message))
})
afterEach(() => vi.useRealTimers())

const rest = () => vi.runAllTimersAsync()
const particle = (value: number): Values => ({ particle_threshold: value })
const steps = () => history.steps.value.done.map(step => step.type === 'setting' && [step.before, step.after])
const own = () => state.micrograph(1)?.particle_threshold

describe('a slider', () => {
  test('acts at once, is shared when it rests, and is one step', async () => {
    for (const value of [0.55, 0.6, 0.62]) shared.slide(null, particle(value))
    expect(state.thresholds.value.particle).toBe(0.62)
    expect(changeProject).not.toHaveBeenCalled()
    await rest()
    expect(vi.mocked(changeProject).mock.calls).toEqual([[1, particle(0.62)]])
    expect(state.project.value?.particle_threshold).toBe(0.62)
    expect(steps()).toEqual([[particle(0.5), particle(0.62)]])
  })

  test('that pauses while the button is held goes on as the same step; the next press begins another', async () => {
    shared.press = 'one'
    shared.slide(null, particle(0.6))
    await rest()
    shared.slide(null, particle(0.7))
    await rest()
    shared.press = 'two'
    shared.slide(null, particle(0.8))
    expect(steps()).toEqual([
      [particle(0.5), particle(0.7)],
      [particle(0.7), particle(0.8)],
    ])
  })

  test('sends what was moved alone: others may move the rest', async () => {
    shared.slide(null, { border_margin: 1 })
    await rest()
    expect(vi.mocked(changeProject).mock.calls).toEqual([[1, { border_margin: 1 }]])
  })

  test('does not jump while it is moved, and then follows others', async () => {
    shared.slide(null, particle(0.6))
    state.project.value = projectRow({ particle_threshold: 0.9 })
    expect(state.thresholds.value.particle).toBe(0.6)
    await rest()
    state.project.value = projectRow({ particle_threshold: 0.8 })
    expect(state.thresholds.value.particle).toBe(0.8)
  })

  test('that is refused goes back, says so, and is no step', async () => {
    vi.mocked(changeProject).mockRejectedValue(OFFLINE)
    shared.slide(null, particle(0.6))
    await rest()
    expect(state.thresholds.value.particle).toBe(0.5)
    expect(history.canUndo.value).toBe(false)
    expect(said).toEqual(['Could not save: particle threshold. The server cannot be reached.'])
  })

  test('of one micrograph goes back too', async () => {
    vi.mocked(changeMicrograph).mockRejectedValue(OFFLINE)
    shared.slide(1, particle(0.6))
    expect(own()).toBe(0.6)
    await rest()
    expect(own()).toBeNull()
  })

  test('moved and undone before it rested goes back to what everyone has, where neither arrives', async () => {
    vi.mocked(changeMicrograph).mockRejectedValue(OFFLINE)
    shared.slide(1, particle(0.6))
    const undone = shared.replay(1, particle(0.6), particle(0.4)).catch(() => 'refused')
    await rest()
    expect(await undone).toBe('refused')
    expect(own()).toBeNull()
  })
})

describe('any other setting', () => {
  test('is a step at once, which a reload before the answer keeps, and shown once everyone has it', async () => {
    const saving = shared.change(1, { flagged: true, note: '' })
    expect(history.canUndo.value).toBe(true)
    expect(state.micrograph(1)?.flagged).toBe(false)
    await saving
    expect(vi.mocked(changeMicrograph).mock.calls).toEqual([[1, { flagged: true }]])
    expect(state.micrograph(1)?.flagged).toBe(true)
    expect(steps()).toEqual([[{ flagged: false }, { flagged: true }]])
  })

  test('that does not change is not sent, and that is refused is no step', async () => {
    await shared.change(null, { name: 'Small' })
    expect(changeProject).not.toHaveBeenCalled()
    const refused = new ApiError('no', 400)
    vi.mocked(changeProject).mockRejectedValue(refused)
    await expect(shared.change(null, { name: 'Large' })).rejects.toBe(refused)
    expect(history.canUndo.value).toBe(false)
  })

  test('that got no answer is a step for a moment more, as the page may be about to reload', async () => {
    vi.mocked(changeProject).mockRejectedValue(OFFLINE)
    await expect(shared.change(null, { name: 'Large' })).rejects.toBe(OFFLINE)
    expect(history.canUndo.value).toBe(true)
    await vi.advanceTimersByTimeAsync(1000)
    expect(history.canUndo.value).toBe(false)
  })

  test('the current training is made current as by its button', async () => {
    await shared.change(null, { current_training: 4 })
    expect(vi.mocked(makeCurrent).mock.calls).toEqual([[4]])
  })
})

describe('undo of a setting', () => {
  test('waits for what is on its way, so that the last word is the last to arrive', async () => {
    shared.slide(null, particle(0.6))
    expect(await Promise.all([shared.replay(null, particle(0.6), particle(0.5)), rest()])).toContainEqual([])
    expect(vi.mocked(changeProject).mock.calls).toEqual([
      [1, particle(0.6)],
      [1, particle(0.5)],
    ])
    expect(state.thresholds.value.particle).toBe(0.5)
  })

  test('leaves alone what somebody has changed since, and says what', async () => {
    await shared.change(1, { flagged: true, note: 'Ice' })
    state.changeMicrograph(1, { note: 'Thick ice' })
    expect(await shared.replay(1, { flagged: true, note: 'Ice' }, { flagged: false, note: '' })).toEqual([
      'note',
    ])
    expect(changeMicrograph).toHaveBeenCalledTimes(1)
  })

  test('that is refused shows what everyone has', async () => {
    state.project.value = projectRow({ particle_threshold: 0.6 })
    vi.mocked(changeProject).mockRejectedValue(OFFLINE)
    await expect(shared.replay(null, particle(0.6), particle(0.5))).rejects.toBe(OFFLINE)
    expect(state.thresholds.value.particle).toBe(0.6)
  })
})
