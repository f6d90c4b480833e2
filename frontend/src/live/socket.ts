import type { Message } from '../wire'
import { backoff } from './backoff'

export type Connection = 'connecting' | 'live' | 'offline' | 'closed'

export interface SocketHandlers {
  /** Last sequence number seen: where a new connection continues. */
  after(): number
  message(message: Message): void
  state(state: Connection): void
}

/**
 * A socket that reconnects by itself, with growing pauses, until it is closed or the server says goodbye. It also
 * reconnects once its session has ended: the browser may have another by then, or is told that it has none.
 */
export class LiveSocket {
  #socket: WebSocket | null = null
  #attempt = 0
  #timer = 0
  #closed = false

  constructor(
    /** With a query, to which the last sequence number is added. */
    readonly url: string,
    readonly handlers: SocketHandlers,
    readonly open: (url: string) => WebSocket = url => new WebSocket(url),
  ) {}

  connect(): void {
    clearTimeout(this.#timer)
    if (this.#closed || this.#socket) return
    this.handlers.state('connecting')
    const socket = this.open(`${this.url}&after=${this.handlers.after()}`)
    this.#socket = socket
    socket.onmessage = event => this.#receive(JSON.parse(String(event.data)) as Message)
    socket.onclose = () => this.#lost()
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
    } else if (message.type === 'bye') this.#closed = true
    this.handlers.message(message)
  }

  #lost(): void {
    this.#socket = null
    this.handlers.state(this.#closed ? 'closed' : 'offline')
    if (this.#closed) return
    this.#timer = window.setTimeout(() => this.connect(), backoff(this.#attempt++) * 1000)
  }
}
