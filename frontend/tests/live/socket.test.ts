import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type Connection, LiveSocket } from '../../src/live/socket'

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

  test('comes back when its session has ended: there may be another', () => {
    catchUp()
    current().onclose?.({ code: 4401 })
    vi.advanceTimersByTime(600)
    expect(FakeSocket.made).toHaveLength(2)
  })
})
