import type { Operation } from '../../wire'
import type { Mark } from './mark'
import type { MarkStore } from './marks'
import { applyOperation, type Change } from './operation'

interface Waiting {
  readonly change: Operation
  /** What was shown before it. */
  readonly before: Mark | null
  /** The last event that this page had read when it was made. */
  readonly seen: number
  /** Sequence at which the server holds it; null until it answers. */
  heldAt: number | null
}

/**
 * Keeps what the server confirmed apart from what this browser did on top. While a mark has unanswered
 * operations, changes by others move its confirmed state only; once the event stream has passed the
 * answer, the confirmed state shows. So nothing flickers, doubles, or is lost to a refusal.
 */
export class Ledger {
  readonly #confirmed = new Map<string, Mark | null>()
  readonly #waiting = new Map<string, Waiting[]>()
  /** Marks with changes that the server holds, in the order of its answers: none is looked at before its turn. */
  #held: { id: string; sequence: number }[] = []
  /** The last event of the stream. */
  #sequence = 0

  constructor(
    readonly marks: MarkStore,
    readonly author: () => number | null,
  ) {}

  /** Shows an operation of this browser at once. */
  local(change: Operation): void {
    const before = this.marks.get(change.id)
    const made = {
      change,
      before,
      seen: ('after' in change ? change.after : null) ?? this.seen(change.id),
      heldAt: null,
    }
    const waiting = this.#waiting.get(change.id)
    if (waiting) waiting.push(made)
    else {
      this.#confirmed.set(change.id, before)
      this.#waiting.set(change.id, [made])
    }
    this.#show(change.id)
  }

  /**
   * The last event by which what is shown of a mark was made: while changes of this browser wait, what others do to
   * the mark does not show.
   */
  seen(id: string): number {
    return this.#waiting.get(id)?.[0]?.seen ?? this.#sequence
  }

  /** What an operation that waits did to its mark. */
  changeOf(change: Operation): Change {
    const waiting = this.#waiting.get(change.id)?.find(w => w.change.operation === change.operation)
    const before = waiting?.before ?? null
    return { before, after: applyOperation(before, change, this.author()) }
  }

  /** A committed change from the event stream, anybody's; applying it twice does no harm. */
  confirm(id: string, mark: Mark | null, operation: string | null): void {
    if (!this.#waiting.has(id)) {
      this.marks.set(id, mark)
      return
    }
    this.#confirmed.set(id, mark)
    if (operation) this.#drop(id, w => w.change.operation === operation)
    this.#show(id)
  }

  /** The server holds the operation: events up to `sequence` include it. Answers come in the order of events. */
  hold(change: Operation, sequence: number): void {
    const waiting = this.#waiting.get(change.id)?.find(w => w.change.operation === change.operation)
    if (!waiting) return
    waiting.heldAt = sequence
    this.#held.push({ id: change.id, sequence })
  }

  refuse(change: Operation): void {
    this.#drop(change.id, w => w.change.operation === change.operation)
    this.#show(change.id)
  }

  /** The event stream has come to `sequence`: what is held at or before it is confirmed by now. */
  reached(sequence: number): void {
    this.#sequence = sequence
    for (let next = this.#held[0]; next && next.sequence <= sequence; next = this.#held[0]) {
      this.#held.shift()
      if (this.#drop(next.id, w => w.heldAt !== null && w.heldAt <= sequence)) this.#show(next.id)
    }
  }

  /** Starts from a new snapshot, with the unsent operations on top. */
  reset(marks: Iterable<Mark>, unsent: readonly Operation[], sequence: number): void {
    this.#sequence = sequence
    this.#confirmed.clear()
    this.#waiting.clear()
    this.#held = []
    this.marks.replace(marks)
    for (const change of unsent) this.local(change)
  }

  #drop(id: string, gone: (waiting: Waiting) => boolean): boolean {
    const waiting = this.#waiting.get(id)
    if (!waiting) return false
    const left = waiting.filter(w => !gone(w))
    this.#waiting.set(id, left)
    return left.length < waiting.length
  }

  #show(id: string): void {
    let mark = this.#confirmed.get(id) ?? null
    const waiting = this.#waiting.get(id) ?? []
    for (const { change } of waiting) mark = applyOperation(mark, change, this.author())
    this.marks.set(id, mark)
    if (waiting.length === 0) {
      this.#waiting.delete(id)
      this.#confirmed.delete(id)
    }
  }
}
