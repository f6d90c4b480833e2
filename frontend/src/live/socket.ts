import { backoff } from './backoff'
import type { Message } from './message'

export type Connection = 'connecting' | 'live' | 'offline' | 'closed'

/** Close code of the server for those who may no longer see the project. */
const SENT_AWAY = 4403

export interface SocketHandlers {
  /** Last sequence number seen: where a new connection goes on. */
  after(): number
  message(message: Message): void
  state(state: Connection): void
}

/** A socket that comes back by itself, with growing pauses, until it is closed or sent away. */
export class LiveSocket {
  #socket: WebSocket | null = null
  #attempt = 0
  #timer = 0
  #closed = false

  constructor(
    readonly url: string,
    readonly handlers: SocketHandlers,
    readonly open: (url: string) => WebSocket = url => new WebSocket(url),
  ) {}

  connect(): void {
    clearTimeout(this.#timer)
    if (this.#closed || this.#socket) return
    this.handlers.state('connecting')
    const socket = this.open(`${this.url}?after=${this.handlers.after()}`)
    this.#socket = socket
    socket.onmessage = event => this.#receive(JSON.parse(String(event.data)) as Message)
    socket.onclose = event => this.#lost(event.code)
  }

  send(message: object): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message))
  }

  close(): void {
    this.#closed = true
    clearTimeout(this.#timer)
    this.#socket?.close()
  }

  #receive(message: Message): void {
    if (message.type === 'caught_up') {
      this.#attempt = 0
      this.handlers.state('live')
    }
    this.handlers.message(message)
  }

  #lost(code: number): void {
    this.#socket = null
    if (code === SENT_AWAY) this.#closed = true
    this.handlers.state(this.#closed ? 'closed' : 'offline')
    if (this.#closed) return
    this.#timer = window.setTimeout(() => this.connect(), backoff(this.#attempt++) * 1000)
  }
}
