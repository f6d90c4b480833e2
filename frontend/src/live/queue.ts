import { ApiError, DATABASE_AWAY, DISK_FULL } from '../api/client'
import type { Applied, Operation } from '../wire'
import { backoff, type Sleep } from './backoff'
import type { Shelf } from './shelf'

/** Most characters in one request; the server takes bodies of 2 MiB. A single operation is always less. */
const LARGEST = 1_000_000

/** Operations that the server holds stay on the shelf for at most this long, ms. */
const TIDY = 500

export type Stall = 'offline' | 'away' | 'full'

export interface QueueHandlers {
  post(operations: readonly Operation[]): Promise<Applied>
  /** The server holds the operation; the event stream includes it from `sequence` on. */
  held(operation: Operation, sequence: number): void
  refused(operation: Operation, reason: string): void
  /** Somebody else's change came first, which events up to `sequence` include; `by`: null where that is nobody. */
  overtaken(operation: Operation, by: number | null, sequence: number): void
  /** Number of operations not yet held. */
  waiting(count: number): void
  /** Why the last request failed and will be retried; null if it succeeded. */
  stalled(why: Stall | null): void
}

/** Operations on their way: kept on the shelf, sent in order in batches, one request at a time. */
export class OperationQueue {
  /** By the ids of the operations, in order. */
  #operations = new Map<string, Operation>()
  #running = false
  /** Of those that the server holds by now, not yet off the shelf. */
  readonly #done: Operation[] = []
  #tidying: ReturnType<typeof setTimeout> | undefined
  #stopped = false

  constructor(
    readonly shelf: Shelf,
    readonly handlers: QueueHandlers,
    readonly sleep: Sleep,
    /** Operations in one request, which the server commits as one: what is done at once to as many stays whole. */
    readonly most: number,
  ) {}

  /** Takes over what earlier pages left unsent, and returns that, in order. */
  async adopt(): Promise<readonly Operation[]> {
    const found = await this.shelf.adopt()
    this.#operations = byId([...found, ...this.unsent])
    this.handlers.waiting(this.#operations.size)
    return found
  }

  get unsent(): readonly Operation[] {
    return [...this.#operations.values()]
  }

  add(operations: readonly Operation[]): void {
    for (const operation of operations) this.#operations.set(operation.operation, operation)
    this.shelf.add(operations)
    this.handlers.waiting(this.#operations.size)
    void this.flush()
  }

  /** An operation came back through the event stream: no need to wait for the answer. */
  seen(operation: string): void {
    const known = this.#operations.get(operation)
    if (known) this.#remove([known])
  }

  stop(): void {
    this.#stopped = true
    this.#tidy()
  }

  async flush(): Promise<void> {
    if (this.#running) return
    this.#running = true
    try {
      for (let attempt = 0, size = this.most; this.#operations.size > 0 && !this.#stopped; ) {
        const batch = whatFits(this.unsent.slice(0, size))
        const error = await this.#send(batch)
        if (!error) {
          attempt = 0
          size = this.most
        } else if (error.passing || error.status === 401) await this.sleep(backoff(attempt++))
        else if (batch.length > 1) size = 1
        else this.#refuse(batch, error.message)
      }
    } finally {
      this.#running = false // within the step that found nothing left: what is added next is not overlooked
    }
  }

  /** Why they could not be sent, if so. */
  async #send(batch: readonly Operation[]): Promise<ApiError | null> {
    try {
      this.#settle(batch, await this.handlers.post(batch))
      this.handlers.stalled(null)
      return null
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      this.handlers.stalled(error.passing || error.status === 401 ? reasonOf(error) : null)
      return error
    }
  }

  #settle(batch: readonly Operation[], answer: Applied): void {
    const results = new Map(answer.results.map(result => [result.operation, result]))
    for (const operation of batch) {
      const result = results.get(operation.operation)
      if (result?.status === 'refused') {
        this.handlers.refused(operation, result.detail ?? 'The server rejected a change.')
      } else if (result?.status === 'overtaken') {
        this.handlers.overtaken(operation, result.by ?? null, answer.sequence)
      } else this.handlers.held(operation, answer.sequence)
    }
    this.#remove(batch)
  }

  #refuse(batch: readonly Operation[], reason: string): void {
    for (const operation of batch) this.handlers.refused(operation, reason)
    this.#remove(batch)
  }

  /** Sending twice is harmless: operations need not leave the shelf at once, and thousands may leave it singly. */
  #remove(batch: readonly Operation[]): void {
    this.#done.push(...batch.filter(({ operation }) => this.#operations.delete(operation)))
    this.handlers.waiting(this.#operations.size)
    if (this.#operations.size === 0) this.#tidy()
    else this.#tidying ??= setTimeout(() => this.#tidy(), TIDY)
  }

  #tidy(): void {
    clearTimeout(this.#tidying)
    this.#tidying = undefined
    if (this.#done.length > 0) this.shelf.remove(this.#done.splice(0))
  }
}

function reasonOf(error: ApiError): Stall {
  if (error.status === DATABASE_AWAY) return 'away'
  return error.status === DISK_FULL ? 'full' : 'offline'
}

/** The first of them, at least one, that go into one request together. */
function whatFits(operations: readonly Operation[]): readonly Operation[] {
  let left = LARGEST
  const end = operations.findIndex(operation => {
    left -= JSON.stringify(operation).length + 1
    return left < 0
  })
  return end < 0 ? operations : operations.slice(0, Math.max(1, end))
}

function byId(operations: readonly Operation[]): Map<string, Operation> {
  return new Map(operations.map(operation => [operation.operation, operation]))
}
