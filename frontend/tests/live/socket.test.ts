import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { ANSWERED_WITHIN, type Connection, LiveSocket } from '../../src/live/socket'
import { label, put } from '../make'

class FakeSocket {
  static made: FakeSocket[] = []
  readonly readyState = 1
  readonly sent: string[] = []
  onmessage: ((event: { data: string }) => void) | null = null
  onclose: ((event: { code: number }) => void) | null = null

  constructor(readonly url: string) {
    FakeSocket.made.push(this)
  }

  send(text: string): void {
    this.sent.push(text)
  }

  close(): void {
    this.onclose?.({ code: 1000 })
  }
}

let states: Connection[]
let sequence: number
let socket: LiveSocket

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('window', globalThis)
  vi.stubGlobal('WebSocket', { OPEN: 1 })
  FakeSocket.made = []
  states = []
  sequence = 4
  const handlers = {
    after: () => sequence,
    message: () => undefined,
    state: (state: Connection) => void states.push(state),
  }
  socket = new LiveSocket(
    'ws://host/ws/projects/1?user=7',
    handlers,
    url => new FakeSocket(url) as unknown as WebSocket,
  )
  socket.connect()
})

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const current = (): FakeSocket => FakeSocket.made[FakeSocket.made.length - 1] as FakeSocket
const catchUp = (): void => current().onmessage?.({ data: '{"type":"caught_up","sequence":4}' })

describe('LiveSocket', () => {
  test('asks for what came after the last event it knows', () => {
    expect(current().url).toBe('ws://host/ws/projects/1?user=7&after=4')
  })

  test('is live once it has caught up', () => {
    catchUp()
    expect(states).toEqual(['connecting', 'live'])
  })

  test('comes back by itself from where it stood', () => {
    catchUp()
    sequence = 9
    current().onclose?.({ code: 1006 })
    expect(states.at(-1)).toBe('offline')
    vi.advanceTimersByTime(600)
    expect(current().url).toContain('after=9')
  })

  test('says that the database is away where the server says so, and comes back', () => {
    current().onclose?.({ code: 4503 })
    expect(states.at(-1)).toBe('away')
    vi.advanceTimersByTime(600)
    expect(FakeSocket.made).toHaveLength(2)
  })

  test('pauses grow while the server stays away', () => {
    current().onclose?.({ code: 1006 })
    vi.advanceTimersByTime(600)
    current().onclose?.({ code: 1006 })
    vi.advanceTimersByTime(600)
    expect(FakeSocket.made).toHaveLength(2)
    vi.advanceTimersByTime(500)
    expect(FakeSocket.made).toHaveLength(3)
  })

  test('stays away when the server says goodbye, whatever the code', () => {
    current().onmessage?.({ data: '{"type":"bye","reason":"","offer":"projects"}' })
    current().onclose?.({ code: 4429 })
    vi.advanceTimersByTime(60_000)
    expect(FakeSocket.made).toHaveLength(1)
    expect(states.at(-1)).toBe('closed')
  })

  const operations = [put(label(), 'a')]
  const applied = { sequence: 5, results: [{ operation: 'a', status: 'applied' as const }] }
  const hear = (message: object): void => current().onmessage?.({ data: JSON.stringify(message) })

  test('asks for operations and gives the answer to its own request', async () => {
    catchUp()
    const answer = socket.ask(operations)
    expect(JSON.parse(current().sent[0] ?? '')).toEqual({ type: 'operations', request: 1, operations })
    hear({ type: 'applied', request: 7, applied: { sequence: 9, results: [] } })
    hear({ type: 'applied', request: 1, applied })
    expect(await answer).toEqual(applied)
  })

  test('says why nothing was applied', async () => {
    catchUp()
    const answer = socket.ask(operations)
    hear({ type: 'failed', request: 1, problem: { detail: 'The disk is full.', status: 507 } })
    await expect(answer).rejects.toMatchObject({ message: 'The disk is full.', status: 507 })
  })

  test.each([
    ['before it is live', () => undefined],
    ['when it is lost before the answer', () => current().close()],
    ['when no answer comes in time', () => vi.advanceTimersByTime(ANSWERED_WITHIN)],
  ])('fails, to be tried again, %s', async (when, happens) => {
    if (!when.startsWith('before')) catchUp()
    const answer = socket.ask(operations)
    happens()
    await expect(answer).rejects.toMatchObject({ status: 0, passing: true })
  })

  test('comes back when its session has ended: there may be another', () => {
    catchUp()
    current().onclose?.({ code: 4401 })
    vi.advanceTimersByTime(600)
    expect(FakeSocket.made).toHaveLength(2)
  })
})
