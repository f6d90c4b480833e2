import { batch, computed, type ReadonlySignal, signal } from '@preact/signals'
import type { Comment, NamedPerson, WriteComment } from '../../wire'
import { applyToComment, type CommentOperation } from './comment'
import { threadsOf } from './threads'

interface Waiting {
  readonly operation: CommentOperation
  /** When this page took it up, ISO. */
  readonly at: string
  /** Sequence at which the server holds it; null until it answers. */
  readonly heldAt: number | null
}

/** What people say to one another: as the server confirmed it, and what this browser asks for on top. */
export class CommentStore {
  readonly #confirmed = signal<ReadonlyMap<string, Comment>>(new Map())
  readonly #waiting = signal<readonly Waiting[]>([])
  /** Id of a thread, and up to which event this person has read it. */
  readonly reads = signal<ReadonlyMap<string, number>>(new Map())
  /** The last comment of this person that the server refused. */
  readonly refused = signal<WriteComment | null>(null)
  readonly all = computed(() => this.#shown())
  readonly threads = computed(() => threadsOf(this.all.value.values()))
  /** Ids of the comments with changes that have not reached the server. */
  readonly unsent = computed(
    () => new Set(this.#waiting.value.filter(w => w.heldAt === null).map(({ operation }) => operation.id)),
  )

  constructor(readonly you: ReadonlySignal<NamedPerson | null>) {}

  /** Shows an operation of this browser at once. */
  local(operation: CommentOperation): void {
    const at = new Date().toISOString()
    this.#waiting.value = [...this.#waiting.peek(), { operation, at, heldAt: null }]
  }

  /** A committed change, anybody's; applying it twice does no harm. */
  confirm(comment: Comment, operation: string | null): void {
    batch(() => {
      this.#confirmed.value = new Map(this.#confirmed.peek()).set(comment.id, comment)
      if (operation) this.#drop(w => w.operation.operation === operation)
    })
  }

  /** The server holds the operation: events up to `sequence` include it. */
  hold({ operation }: CommentOperation, sequence: number): void {
    this.#waiting.value = this.#waiting
      .peek()
      .map(w => (w.operation.operation === operation ? { ...w, heldAt: sequence } : w))
  }

  refuse(operation: CommentOperation): void {
    this.#drop(w => w.operation.operation === operation.operation)
    if (operation.type === 'comment.write') this.refused.value = operation
  }

  /** The event stream has come to `sequence`: what is held at or before it is confirmed by now. */
  reached(sequence: number): void {
    this.#drop(w => w.heldAt !== null && w.heldAt <= sequence)
  }

  /** Starts from a new snapshot, with the unsent operations on top. */
  reset(
    comments: readonly Comment[],
    reads: Readonly<Record<string, number>>,
    unsent: readonly CommentOperation[],
  ): void {
    batch(() => {
      this.#confirmed.value = new Map(comments.map(comment => [comment.id, comment]))
      this.reads.value = new Map(Object.entries(reads))
      this.#waiting.value = []
      for (const operation of unsent) this.local(operation)
    })
  }

  /** The comments of a micrograph go with it. */
  removeMicrograph(id: number): void {
    const left = [...this.#confirmed.peek()].filter(([, { micrograph }]) => micrograph !== id)
    this.#confirmed.value = new Map(left)
  }

  read(thread: string, sequence: number): void {
    this.reads.value = new Map(this.reads.peek()).set(thread, sequence)
  }

  #drop(gone: (waiting: Waiting) => boolean): void {
    const old = this.#waiting.peek()
    const left = old.filter(w => !gone(w))
    if (left.length < old.length) this.#waiting.value = left
  }

  #shown(): ReadonlyMap<string, Comment> {
    const waiting = this.#waiting.value
    if (waiting.length === 0) return this.#confirmed.value
    const shown = new Map(this.#confirmed.value)
    for (const { operation, at } of waiting) {
      const comment = applyToComment(shown.get(operation.id) ?? null, operation, this.you.value, at)
      if (comment) shown.set(comment.id, comment)
    }
    return shown
  }
}
