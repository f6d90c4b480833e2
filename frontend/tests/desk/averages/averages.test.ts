import { signal } from '@preact/signals'
import { afterAll, beforeEach, expect, test, vi } from 'vitest'
import { ApiError } from '../../../src/api/client'
import { Averages, type AveragesHost } from '../../../src/desk/averages/averages'
import type { ClassOfPicks } from '../../../src/desk/gallery/gallery'
import { ProjectState } from '../../../src/model/project'
import type { AverageMembers, Averages as AveragesRow } from '../../../src/wire'
import { fakeStorage } from '../../fake-storage'
import { averageClass, averagesRow, micrographRow, verdict } from '../../make'

const api = vi.hoisted(() => ({
  getBeside: vi.fn(),
  getMembers: vi.fn(),
  listAverages: vi.fn(),
  makeAverages: vi.fn(),
  pictureUrl: (_: number, number: number, round: number) => `${number} ${round}`,
  removeAverages: vi.fn(),
}))
vi.mock('../../../src/api/averages', () => api)
vi.stubGlobal('localStorage', fakeStorage())
vi.stubGlobal('requestAnimationFrame', (run: () => void) => run())
afterAll(() => vi.unstubAllGlobals())

/** One pick at (100 + class number, 100) of micrograph 1. */
const membersOf = (number: number): AverageMembers => ({
  micrograph: [1],
  x: [100 * number],
  y: [100],
  particle: [0.9],
  contamination: [0.1],
  fit: [0.8],
})

let state: ProjectState
let said: string[]
let shownClass: ReturnType<typeof signal<ClassOfPicks | null>>
let pictures: Map<string, () => void>
let averages: Averages
const settled = () => vi.waitFor(() => expect(averages.members.value.size).toBe(2))

beforeEach(() => {
  for (const each of [api.getBeside, api.getMembers, api.listAverages, api.makeAverages]) each.mockReset()
  api.getMembers.mockImplementation(async (_: number, __: number, number: number) => membersOf(number))
  api.listAverages.mockImplementation(async () => state.averages.peek())
  state = new ProjectState()
  state.micrographs.value = [micrographRow()]
  said = []
  pictures = new Map()
  shownClass = signal<ClassOfPicks | null>(null)
  const gallery = {
    settings: signal({ open: true }),
    shownClass,
    showClass: (shown: ClassOfPicks) => {
      shownClass.value = shown
    },
  }
  const host = {
    id: 5,
    state,
    sync: { held: async () => undefined },
    gallery,
    selection: { clear: () => undefined },
    overview: { open: signal(false) },
    say: (text: string) => said.push(text),
  } as unknown as AveragesHost
  averages = new Averages(host, url => new Promise<void>(resolve => pictures.set(url, resolve)))
  averages.start()
})

/** Opens the page on these averages, whose pictures come at once. */
async function open(...rows: AveragesRow[]): Promise<void> {
  state.averages.value = rows
  averages.toggle()
  await vi.waitFor(() => expect(averages.loaded.value).toBe(true))
  for (const come of pictures.values()) come()
  await vi.waitFor(() => expect(averages.pictured.value).not.toBeNull())
}

test('the newest averages are shown until others are chosen', async () => {
  await open(averagesRow(), averagesRow({ number: 2 }))
  expect(averages.shown.value?.number).toBe(2)
  averages.choose(1)
  expect(averages.shown.value?.number).toBe(1)
})

test('the next round is seen when its picture has come, and not before', async () => {
  await open(averagesRow({ round: 1 }, 'running'))
  state.averages.value = [averagesRow({ round: 2, classes: [averageClass({ count: 15 })] }, 'running')]
  expect(averages.pictured.value).toMatchObject({ url: '1 1', row: { round: 1 } })
  pictures.get('1 2')?.()
  await vi.waitFor(() => expect(averages.pictured.value?.url).toBe('1 2'))
  expect(averages.pictured.value?.classes).toHaveLength(1)
})

test('what an event told is not overtaken by an older answer', async () => {
  api.listAverages.mockResolvedValue([averagesRow({ round: 2 })])
  await open(averagesRow({ round: 5 }))
  expect(averages.rows.value.map(({ round }) => round)).toEqual([5])
})

test('members are fetched once the job has ended, and once only', async () => {
  await open(averagesRow({}, 'running'))
  expect(api.getMembers).not.toHaveBeenCalled()
  state.averages.value = [averagesRow()]
  await settled()
  averages.toggle()
  averages.toggle()
  await settled()
  expect(api.getMembers).toHaveBeenCalledTimes(2)
})

test('a class counts as what anybody said of its members, as it is said', async () => {
  await open(averagesRow())
  await settled()
  expect(averages.tallies.value.get(2)).toEqual({ members: 1, accepted: 0, rejected: 0 })
  state.marks.set('v', verdict({ id: 'v', x: 201, kind: 'reject' }))
  expect(averages.tallies.value.get(2)).toEqual({ members: 1, accepted: 0, rejected: 1 })
  state.marks.set('v', null)
  expect(averages.tallies.value.get(2)?.rejected).toBe(0)
})

test('members on micrographs that are gone count no more', async () => {
  await open(averagesRow())
  await settled()
  state.micrographs.value = []
  expect(averages.tallies.value.get(1)?.members).toBe(0)
})

test('the gallery shows a class when it is asked to, and follows from then on', async () => {
  await open(averagesRow())
  await settled()
  averages.point(1)
  expect(shownClass.value).toBeNull()
  averages.showCrops()
  averages.point(0)
  expect(shownClass.value?.title).toBe('Class 1 of averages 1')
})

test('the gallery stays as it is while the members of other classes come', async () => {
  const coming: (() => void)[] = []
  api.getMembers.mockImplementation(async (_: number, __: number, number: number) => {
    if (number === 2) await new Promise<void>(resolve => coming.push(resolve))
    return membersOf(number)
  })
  await open(averagesRow())
  await vi.waitFor(() => expect(averages.members.value.size).toBe(1))
  averages.showCrops()
  const shown = shownClass.value
  coming[0]?.()
  await settled()
  expect(shownClass.value).toBe(shown)
})

test('a round with fewer classes leaves keys a class to act on', async () => {
  await open(averagesRow({ round: 1 }, 'running'))
  averages.point(1)
  state.averages.value = [averagesRow({ round: 2, classes: [averageClass()] }, 'running')]
  pictures.get('1 2')?.()
  await vi.waitFor(() => expect(averages.pictured.value?.url).toBe('1 2'))
  expect(averages.current?.number).toBe(1)
})

test('classes are in the order chosen', async () => {
  await open(averagesRow())
  averages.set({ descending: false })
  expect([averages.order.value, averages.current?.number]).toEqual([[1, 0], 2])
  averages.set({ descending: true })
})

test('averages are compared with others, and not with themselves', async () => {
  api.getBeside.mockResolvedValue({ pairs: [] })
  await open(averagesRow(), averagesRow({ number: 2 }))
  averages.compareWith(1)
  await vi.waitFor(() => expect(averages.beside.value).toEqual({ pairs: [] }))
  expect(api.getBeside).toHaveBeenCalledWith(5, 2, 1)
  averages.choose(1)
  expect([averages.compared.value, averages.beside.value]).toEqual([null, null])
})

test('picks that are being sorted are shown at once, also where the event came first', async () => {
  await open(averagesRow())
  const next = averagesRow({ number: 2, classes: null, round: 0 }, 'queued')
  api.makeAverages.mockResolvedValue(next)
  state.averages.value = [...state.averages.value, { ...next, round: 1 }]
  await averages.sort({})
  expect([averages.shown.value?.number, averages.rows.value.length]).toEqual([2, 2])
  expect(averages.shown.value?.round).toBe(1)
})

test('one who looks at the past is told to come back first', () => {
  state.travelling.value = true
  averages.toggle()
  expect([averages.open.value, said.length]).toEqual([false, 1])
})

test('why the list cannot be had is shown', async () => {
  api.listAverages.mockRejectedValue(new ApiError('No.', 500))
  averages.toggle()
  await vi.waitFor(() => expect(averages.problem.value).toBe('No.'))
})
