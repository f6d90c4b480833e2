import { signal } from '@preact/signals'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { ApiError } from '../../src/api/client'
import { Travel } from '../../src/desk/travel'
import { PickBlock } from '../../src/model/picks/picks'
import { ProjectState } from '../../src/model/project'
import { label, past, projectRow } from '../make'

const api = vi.hoisted(() => ({ getPast: vi.fn(), getPicksOf: vi.fn(), getTimeline: vi.fn() }))
vi.mock('../../src/api/history', () => api)

const current = signal<number | null>(1)
const said: string[] = []
let state: ProjectState
let travel: Travel
let closed = 0

const tick = (sequence: number, type: string) => ({
  sequence,
  at: '2026-01-01T12:00:00Z',
  type,
  name: 'Training 1',
  count: 1,
})
const come = (at: number) => vi.waitFor(() => expect(travel.shown.value?.past.sequence).toBe(at))

beforeEach(() => {
  state = new ProjectState()
  state.you.value = { id: 7, username: 'anna', role: 'owner' }
  state.project.value = projectRow()
  current.value = 1
  said.length = closed = 0
  api.getPast
    .mockReset()
    .mockImplementation(async (_, sequence: number) => past([label({ id: 'a' })], { sequence }))
  api.getPicksOf.mockReset().mockResolvedValue(new PickBlock(5, Float32Array.of(300, 300, 0.9, 0)))
  api.getTimeline.mockReset().mockResolvedValue({
    moments: [
      { sequence: 1, at: '2026-01-01T10:00:00Z' },
      { sequence: 21, at: '2026-01-01T12:00:00Z' },
    ],
    ticks: [tick(4, 'training.finished'), tick(9, 'micrograph.added'), tick(15, 'training.made_current')],
  })
  travel = new Travel({
    id: 3,
    state,
    sync: { reached: signal(21) },
    current,
    selection: { clear: () => undefined },
    say: text => void said.push(text),
    open: id => {
      current.value = id
    },
    closeViews: () => closed++,
  })
})

describe('looking at the past', () => {
  test('shows the marks of then and changes nothing until one is back', async () => {
    travel.begin(10)
    expect([state.mayEdit.value, state.mayRun.value, closed]).toEqual([false, false, 1])
    await come(10)
    expect(travel.of(1)?.marks.labels.map(({ id }) => id)).toEqual(['a'])
    travel.leave()
    expect([state.mayEdit.value, travel.of(1)]).toEqual([true, null])
  })

  test('shows the picks of then with the thresholds of then', async () => {
    const of = (particle_threshold: number) =>
      past([], { source: 5, project: projectRow({ particle_threshold, current_training: 1 }) })
    api.getPast.mockResolvedValueOnce(of(0.95)).mockResolvedValueOnce({ ...of(0.5), sequence: 11 })
    travel.begin(10)
    await come(10)
    expect(travel.of(1)?.picks).toEqual([])
    travel.go(11)
    await come(11)
    expect(travel.of(1)?.picks.map(({ x }) => x)).toEqual([300])
    expect(api.getPicksOf).toHaveBeenCalledTimes(1)
  })

  test('picks that are no longer kept are not asked for', async () => {
    api.getPast.mockResolvedValue(past([], { source: 5, source_kept: false }))
    travel.begin(10)
    await come(10)
    expect(api.getPicksOf).not.toHaveBeenCalled()
  })

  test('a micrograph that was not there then has no marks', async () => {
    api.getPast.mockResolvedValue(past([label({ id: 'a' })], { micrograph: null, source: 5 }))
    travel.begin(10)
    await come(10)
    expect(travel.of(1)).toMatchObject({ marks: { labels: [] }, picks: [] })
  })

  test('of many moments that are passed over only the last is asked for', async () => {
    travel.begin(10)
    for (const at of [11, 12, 13]) travel.go(at)
    await come(13)
    expect(api.getPast.mock.calls.map(([, at]) => at)).toEqual([10, 13])
  })

  test('another micrograph is shown as of the same moment', async () => {
    travel.begin(10)
    await come(10)
    current.value = 2
    expect(travel.of(2)?.marks.labels).toEqual([])
    await vi.waitFor(() => expect(travel.shown.value?.micrograph).toBe(2))
    expect(api.getPast).toHaveBeenLastCalledWith(3, 10, 2)
  })

  test('the same moment can be looked at again', async () => {
    travel.begin(10)
    await come(10)
    travel.leave()
    travel.begin(10)
    await come(10)
  })

  test('a moment that could not be fetched is said, and can be tried again', async () => {
    api.getPast.mockRejectedValueOnce(new ApiError('Not today.', 500))
    travel.begin(10)
    await vi.waitFor(() => expect(said).toEqual(['Could not look back: Not today.']))
    travel.go(11)
    await come(11)
  })
})

describe('steps', () => {
  test('go from change to change, and say where there are no more', async () => {
    travel.begin(10)
    await come(10)
    travel.step(-1)
    await come(8)
    api.getPast.mockResolvedValueOnce(past([], { sequence: 0, previous: null }))
    travel.go(0)
    await come(0)
    travel.step(-1)
    expect(said).toEqual(['Nothing on this micrograph changed before this.'])
  })

  test('go from training to training', async () => {
    travel.begin(10)
    await vi.waitFor(() => expect(travel.timeline.value).not.toBeNull())
    travel.stepTraining(1)
    expect(travel.at.value).toBe(15)
    travel.stepTraining(-1)
    expect(travel.at.value).toBe(4)
    travel.stepTraining(-1)
    expect(said).toEqual(['There is no training before this.'])
    expect(travel.since.value?.sequence).toBe(4)
  })

  test('while nothing has come yet, no time is said', async () => {
    travel.begin(10)
    expect(travel.time.value).toBeUndefined()
    await come(10)
  })

  test('before the first event there is no time', async () => {
    api.getPast.mockResolvedValue(past([], { sequence: 0, at: null }))
    travel.begin(0)
    await come(0)
    expect(travel.time.value).toBeNull()
  })

  test('the time of a moment is estimated until it is told', async () => {
    travel.begin(10)
    await vi.waitFor(() => expect(travel.timeline.value).not.toBeNull())
    await come(10)
    expect(travel.time.value).toBe('2026-01-01T12:00:00Z')
    travel.go(11)
    expect(travel.time.value).toBe('2026-01-01T11:00:00.000Z')
  })
})
