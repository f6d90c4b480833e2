import { ApiError, unreachable } from '../api/client'
import type {
  Applied,
  AppliedMessage,
  FailedMessage,
  FollowMessage,
  LookMessage,
  Message,
  Operation,
  OperationsMessage,
  PointMessage,
  SeeMessage,
} from '../wire'
import { backoff } from './backoff'

/** A connection without an answer for this long is given up, ms: it may be dead without knowing. */
export const ANSWERED_WITHIN = 20_000

/** `away`: the server's database, without which it can do nothing. */
export type Connection = 'connecting' | 'live' | 'offline' | 'away' | 'closed'

/** The close code of a server whose database does not answer. */
const DATABASE_AWAY = 4503

/** Operations that were sent; one lot at a time is under way. */
interface Asked {
  readonly request: number
  resolve(applied: Applied): void
  reject(error: ApiError): void
  readonly timer: ReturnType<typeof setTimeout>
}

export interface SocketHandlers {
  /** Last sequence number seen: where a new connection continues. */
  after(): number
  message(message: Exclude<Message, AppliedMessage | FailedMessage>): void
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
  #live = false
  #requests = 0
  #asked: Asked | null = null

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
    socket.onclose = ({ code }) => this.#lost(code)
  }

  send(message: LookMessage | SeeMessage | PointMessage | FollowMessage | OperationsMessage): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message))
  }

  /** Asks for operations. Rejects with an ApiError: of status 0 where the connection is not there or does not last. */
  ask(operations: readonly Operation[]): Promise<Applied> {
    if (!this.#live) return Promise.reject(unreachable())
    const request = ++this.#requests
    return new Promise((resolve, reject) => {
      this.#asked = {
        request,
        resolve,
        reject,
        timer: setTimeout(() => this.#socket?.close(), ANSWERED_WITHIN),
      }
      this.send({ type: 'operations', request, operations })
    })
  }

  close(): void {
    this.#closed = true
    clearTimeout(this.#timer)
    this.#socket?.close()
  }

  #receive(message: Message): void {
    if (message.type === 'applied' || message.type === 'failed') return this.#answered(message)
    if (message.type === 'caught_up') {
      this.#attempt = 0
      this.#live = true
      this.handlers.state('live')
    } else if (message.type === 'bye') this.#closed = true
    this.handlers.message(message)
  }

  #answered(message: AppliedMessage | FailedMessage): void {
    const asked = this.#asked
    if (asked?.request !== message.request) return
    clearTimeout(asked.timer)
    this.#asked = null
    if (message.type === 'applied') return asked.resolve(message.applied)
    asked.reject(new ApiError(message.problem.detail, message.problem.status, message.problem))
  }

  #lost(code: number): void {
    this.#socket = null
    this.#live = false
    clearTimeout(this.#asked?.timer)
    this.#asked?.reject(unreachable())
    this.#asked = null
    this.handlers.state(this.#closed ? 'closed' : code === DATABASE_AWAY ? 'away' : 'offline')
    if (this.#closed) return
    this.#timer = window.setTimeout(() => this.connect(), backoff(this.#attempt++) * 1000)
  }
}
