import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Sync } from '../../src/live/sync'
import { PickBlock } from '../../src/model/picks/picks'
import { MOST_HELD, ProjectState } from '../../src/model/project'
import type { Message, OperationsMessage, Snapshot } from '../../src/wire'
import { fakeStorage } from '../fake-storage'
import { columns, label, limits, micrographRow, put } from '../make'

class FakeSocket {
  static readonly OPEN = 1
  static made: FakeSocket[] = []
  readonly readyState = 1
  onmessage: ((event: { data: string }) => void) | null = null
  onclose: ((event: { code: number }) => void) | null = null

  constructor(readonly url: string) {
    FakeSocket.made.push(this)
  }

  /** The server takes changes, or does not answer. */
  send(text: string): void {
    const said = JSON.parse(text) as OperationsMessage
    if (said.type !== 'operations' || !taking) return
    const operations = (said.operations as { operation: string }[]).map(({ operation }) => operation)
    posted.push(operations)
    const results = operations.map(operation => ({ operation, ...outcome }))
    this.hear({ type: 'applied', request: said.request, applied: { sequence, results } })
  }

  close(): void {
    this.onclose?.({ code: 1000 })
  }

  /** The server says something. */
  hear(message: Message): void {
    this.onmessage?.({ data: JSON.stringify(message) })
  }

  /** The server says goodbye and closes. */
  dismiss(offer: string): void {
    this.hear({ type: 'bye', reason: 'why', offer } as Message)
    this.onclose?.({ code: 4400 })
  }
}

const kept = label({ id: 'kept' })
const lost = label({ id: 'lost' })

let storage: Storage
let posted: string[][]
/** What the server holds. */
let sequence: number
let labels: (typeof kept)[]
/** What becomes of changes. */
let outcome: { status: 'applied' | 'overtaken'; by?: number }
/** Whether the server takes changes. */
let taking: boolean
let state: ProjectState
let sync: Sync

const snapshot = (): Partial<Record<keyof Snapshot, unknown>> => ({
  sequence,
  you: { id: 7, username: 'anna', role: 'owner' },
  guest: false,
  project: { id: 3, name: 'β', current_training: null },
  members: [],
  micrographs: [micrographRow()],
  assignments: [],
  last_seen: [],
  trainings: [],
  sources: [],
  jobs: [],
  watched: [],
  comments: [],
  comments_read: {},
  formats: [],
  tiles: '/tiles',
  limits: limits(),
  labels: columns(labels.map(({ type: _, order: __, ...row }) => row)),
  regions: columns<{ id: string }>([]),
  verdicts: columns<{ id: string }>([]),
})

function answer(url: string): Response {
  return url.endsWith('/snapshot') ? Response.json(snapshot()) : new Response(new ArrayBuffer(0))
}

const current = (): FakeSocket => FakeSocket.made[FakeSocket.made.length - 1] as FakeSocket
const catchUp = (): void => current().hear({ type: 'caught_up', sequence, you: 7 })
const shelved = (): string => Object.values(storage).join()

beforeEach(async () => {
  vi.useFakeTimers()
  FakeSocket.made = []
  posted = []
  sequence = 100
  labels = [kept, lost]
  taking = true
  outcome = { status: 'applied' }
  storage = fakeStorage()
  vi.stubGlobal('window', globalThis)
  vi.stubGlobal('document', { cookie: '' })
  vi.stubGlobal('location', { protocol: 'http:', host: 'host' })
  vi.stubGlobal('localStorage', storage)
  vi.stubGlobal('navigator', {})
  vi.stubGlobal('addEventListener', () => undefined)
  vi.stubGlobal('removeEventListener', () => undefined)
  vi.stubGlobal('WebSocket', FakeSocket)
  vi.stubGlobal('fetch', async (url: string) => answer(url))
  state = new ProjectState()
  sync = new Sync(
    3,
    state,
    () => undefined,
    () => undefined,
  )
  await sync.start()
})

afterEach(() => {
  sync.stop()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

/** Begins with a project whose picks the page cannot hold. What is asked for, and the answers that wait. */
async function startLarge(): Promise<{ asked: string[]; answers: ((answer: Response) => void)[] }> {
  sync.stop()
  const asked: string[] = []
  const answers: ((answer: Response) => void)[] = []
  vi.stubGlobal('fetch', (url: string) => {
    asked.push(url.split('?')[0] ?? '')
    if (!url.endsWith('/snapshot')) return new Promise<Response>(done => answers.push(done))
    const large = [micrographRow({ picks: { source: 9, count: MOST_HELD + 1 } })]
    return Promise.resolve(Response.json({ ...snapshot(), micrographs: large }))
  })
  sync = new Sync(
    3,
    new ProjectState(),
    () => undefined,
    () => undefined,
  )
  await sync.start()
  return { asked, answers }
}

test('the picks that are looked at come before all others are counted', async () => {
  const { asked, answers } = await startLarge()
  sync.look(1)
  expect(asked).toEqual(['/api/v1/projects/3/snapshot', '/api/v1/micrographs/1/picks'])
  answers[0]?.(new Response(new ArrayBuffer(0)))
  await vi.waitFor(() => expect(asked).toContain('/api/v1/projects/3/picks/summary'))
})

test('all picks are counted where no micrograph is looked at', async () => {
  const { asked } = await startLarge()
  sync.look(null)
  expect(asked).toContain('/api/v1/projects/3/picks/summary')
})

test('asks for the events after its snapshot, as the person for whom it was loaded', () => {
  expect(current().url).toBe('ws://host/ws/projects/3?user=7&after=100')
})

test('starts again where the server went back to an older state, with what is unsent on top', async () => {
  state.blocks.put(1, new PickBlock(9, new Float32Array(4)))
  taking = false
  sync.send([put(label({ id: 'new' }), 'unsent')])
  labels = [kept]
  sequence = 40
  current().dismiss('snapshot')
  await vi.waitFor(() => expect(FakeSocket.made).toHaveLength(2))
  expect(current().url).toContain('after=40')
  expect([state.marks.get('kept') !== null, state.marks.get('lost')]).toEqual([true, null])
  expect(state.marks.get('new')).not.toBeNull()
  expect(state.blocks.of(1)).toBeNull()
  expect(sync.dismissed.value).toBeNull()
  expect(shelved()).toContain('unsent')
})

test('follows the events of the older state, whose numbers it has seen before', async () => {
  labels = [kept]
  sequence = 40
  current().dismiss('snapshot')
  await vi.waitFor(() => expect(FakeSocket.made).toHaveLength(2))
  current().hear({
    type: 'events',
    last: 41,
    events: [
      {
        sequence: 41,
        event: { type: 'label.deleted', id: 'kept', micrograph: 1 },
        actor: 7,
        operation: null,
        at: '',
      },
    ],
  })
  expect(state.marks.get('kept')).toBeNull()
})

test('sends what was done while the connection was away, once it is there again', async () => {
  catchUp()
  current().close()
  sync.send([put(label(), 'made offline')])
  await vi.advanceTimersByTimeAsync(600)
  expect([posted, sync.waiting.value, sync.stalled.value]).toEqual([[], 1, 'offline'])
  catchUp()
  await vi.waitFor(() => expect(posted).toEqual([['made offline']]))
  expect([sync.waiting.value, sync.stalled.value]).toEqual([0, null])
})

test('a request can wait until the server holds what was changed here', async () => {
  catchUp()
  taking = false
  sync.send([put(label({ id: 'new' }), 'on its way')])
  const held = vi.fn()
  void sync.held().then(held)
  await vi.advanceTimersByTimeAsync(100)
  expect(held).not.toHaveBeenCalled()
  const deleted = { type: 'label.deleted', id: 'new', micrograph: 1 } as const
  const told = { sequence: 101, event: deleted, actor: 7, operation: 'on its way', at: '' }
  current().hear({ type: 'events', last: 101, events: [told] })
  await vi.waitFor(() => expect(held).toHaveBeenCalledOnce())
})

test('nothing waits for changes while they do not get through', async () => {
  catchUp()
  current().close()
  sync.send([put(label(), 'made offline')])
  await sync.held()
  expect(sync.waiting.value).toBe(1)
})

test('who was first with a mark is known from the answer, whenever that was', async () => {
  catchUp()
  outcome = { status: 'overtaken', by: 8 }
  sync.send([put({ ...kept, x: 5 }, 'late')])
  await vi.waitFor(() => expect(state.changers.get('kept')).toBe(8))
})

test.each(['sign_in', 'reload', 'projects'])('with %s it says why, and does not come back', async offer => {
  current().dismiss(offer)
  expect(sync.dismissed.value).toMatchObject({ reason: 'why', offer })
  await vi.advanceTimersByTimeAsync(60_000)
  expect(FakeSocket.made).toHaveLength(1)
})

test('who is signed out sends nothing more, even when somebody signs in, and finds it on the shelf', async () => {
  catchUp()
  taking = false
  sync.send([put(label(), 'unsent')])
  current().dismiss('sign_in')
  taking = true
  await vi.advanceTimersByTimeAsync(60_000)
  expect(posted).toEqual([])
  expect(sync.waiting.value).toBe(1)
  const next = new Sync(
    3,
    new ProjectState(),
    () => undefined,
    () => undefined,
  )
  await next.start()
  catchUp()
  await vi.waitFor(() => expect(posted).toEqual([['unsent']]))
  next.stop()
})
