import { computed, effect, type ReadonlySignal, type Signal, signal, untracked } from '@preact/signals'
import { ApiError } from '../api/client'
import { moderateComment, noteRead } from '../api/comments'
import type { Point } from '../geometry/point'
import type { CommentOperation } from '../model/comments/comment'
import {
  type CommentFilter,
  filtered,
  livingOf,
  reachOf,
  type Thread,
  waits,
} from '../model/comments/threads'
import type { ProjectState } from '../model/project'
import type { Comment } from '../wire'
import type { Say } from './say'
import type { SideName } from './side'

/** What comments need of the desk. */
export interface CommentsHost {
  readonly id: number
  readonly state: ProjectState
  readonly sync: { send(operations: CommentOperation[]): void }
  readonly current: ReadonlySignal<number | null>
  readonly cursor: ReadonlySignal<Point | null>
  readonly side: Signal<SideName>
  readonly say: Say
  open(micrograph: number): void
  flash(places: readonly Point[]): void
}

/** Where a new comment goes. */
export interface Pinned {
  readonly micrograph: number | null
  readonly place: Point | null
}

/** Under which a change of a comment is kept that is not sent. */
export function editing(comment: string): string {
  return `edit ${comment}`
}

/** What this person reads and writes of comments. */
export class Comments {
  readonly filter = signal<CommentFilter>('open')
  /** Id of the thread that is open. */
  readonly thread = signal<string | null>(null)
  /** Where the new comment goes that is being written; null while none is. */
  readonly draft = signal<Pinned | null>(null)
  /** What was typed and is not sent: by the id of a thread, by `editing` a comment, or empty for a new one. */
  readonly typed = new Map<string, string>()
  /** How often words came back that the server refused: the fields for them are filled again. */
  readonly givenBack = signal(0)
  readonly waiting = computed(() => this.#threads.value.filter(thread => this.waits(thread)).length)
  /** Open threads on each micrograph. */
  readonly counts = computed(() => {
    const counts = new Map<number, number>()
    for (const { micrograph, resolved } of this.#threads.value)
      if (micrograph !== null && !resolved) counts.set(micrograph, (counts.get(micrograph) ?? 0) + 1)
    return counts
  })
  readonly shown = computed(() =>
    filtered(
      this.#threads.value,
      this.filter.value,
      this.#me,
      this.host.current.value,
      this.host.state.comments.reads.value,
      this.thread.value,
    ),
  )
  /** Threads with a place on the open micrograph: those that are not resolved, and the open one. */
  readonly pins = computed(() =>
    this.#threads.value.filter(
      ({ id, micrograph, place, resolved }) =>
        place && micrograph === this.host.current.value && (!resolved || id === this.thread.value),
    ),
  )

  constructor(readonly host: CommentsHost) {}

  /** Returns a function that ends it. */
  start(): () => void {
    this.filter.value = this.waiting.peek() > 0 ? 'you' : 'open'
    const look = (): void => this.#noteRead()
    document.addEventListener('visibilitychange', look)
    const ends = [effect(look), effect(() => this.#giveBack())]
    return () => {
      document.removeEventListener('visibilitychange', look)
      for (const end of ends) end()
    }
  }

  waits(thread: Thread): boolean {
    return waits(thread, this.#me, this.host.state.comments.reads.value.get(thread.id) ?? 0)
  }

  /** Begins a comment on the place under the cursor; on the whole micrograph where that is elsewhere. */
  pin(place = this.host.cursor.peek()): void {
    const { state, current, say, side } = this.host
    const reason = state.locked.peek()
    if (reason) return say(reason)
    const row = state.micrograph(current.peek())
    const inside = place && row && place.x >= 0 && place.y >= 0 && place.x < row.width && place.y < row.height
    this.thread.value = null
    this.draft.value = { micrograph: row?.id ?? null, place: inside ? place : null }
    side.value = 'comments'
  }

  /** Opens a thread beside the canvas. */
  show(thread: Thread): void {
    this.host.side.value = 'comments'
    this.thread.value = thread.id
  }

  /** Goes to where a thread is pinned. */
  go({ micrograph, place }: Thread): void {
    if (micrograph === null) return
    this.host.open(micrograph)
    if (place) this.host.flash([place])
  }

  add(text: string, { micrograph, place }: Pinned): void {
    const id = crypto.randomUUID()
    const { x = null, y = null } = place ?? {}
    this.#ask({ operation: crypto.randomUUID(), type: 'comment.write', id, text, micrograph, x, y })
    this.draft.value = null
    this.thread.value = id
  }

  answer(thread: string, text: string): void {
    const id = crypto.randomUUID()
    this.#ask({ operation: crypto.randomUUID(), type: 'comment.write', id, text, thread })
  }

  edit({ id }: Comment, text: string): void {
    this.#ask({ operation: crypto.randomUUID(), type: 'comment.write', id, text })
  }

  resolve({ id }: Thread, resolved: boolean): void {
    this.#ask({ operation: crypto.randomUUID(), type: 'comment.resolve', id, resolved })
    if (!resolved) return
    this.thread.value = null
    const back = { label: 'Undo', run: () => this.resolve({ id } as Thread, false) }
    this.host.say('Thread resolved.', 'info', back)
  }

  /** Deletes a comment, and offers to bring it back. */
  async remove(comment: Comment): Promise<void> {
    if (!(await this.#setDeleted(comment, true))) return
    const back = { label: 'Undo', run: () => void this.#setDeleted(comment, false) }
    this.host.say('Comment deleted.', 'info', back)
  }

  /** Says whether it went well. What others wrote, the server must allow first. */
  async #setDeleted({ id, author }: Comment, deleted: boolean): Promise<boolean> {
    if (author?.id === this.#me) {
      this.#ask({ operation: crypto.randomUUID(), type: 'comment.remove', id, deleted })
      return true
    }
    try {
      await moderateComment(this.host.id, id, deleted)
      return true
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      this.host.say(`Could not ${deleted ? 'delete' : 'restore'} the comment: ${error.message}`, 'error')
      return false
    }
  }

  #ask(operation: CommentOperation): void {
    this.host.state.comments.local(operation)
    this.host.sync.send([operation])
  }

  /** What is shown is read. Without a connection it waits on, and is noted when it is shown again. */
  #noteRead(): void {
    const { state, side, id: project } = this.host
    const thread = this.#threads.value.find(({ id }) => id === this.thread.value)
    if (!thread || side.value !== 'comments' || document.hidden) return
    const upTo = reachOf(thread)
    const others = livingOf(thread).some(({ author }) => author?.id !== this.#me)
    if (!others || upTo <= (untracked(() => state.comments.reads.value).get(thread.id) ?? 0)) return
    if (state.guest.value) return
    state.comments.read(thread.id, upTo)
    void noteRead(project, thread.id, upTo).catch(() => undefined)
  }

  /** The words of a comment that the server refused go back to where they were typed, before what is typed there now. */
  #giveBack(): void {
    const refused = this.host.state.comments.refused.value
    if (!refused) return
    untracked(() => {
      const { id, text, micrograph = null, x, y } = refused
      const edited = this.host.state.comments.all.value.get(id)
      const thread = this.#threads.value.find(each => each.id === (edited ?? refused).thread)
      const to = thread ? (edited ? editing(id) : thread.id) : ''
      this.typed.set(to, [text, this.typed.get(to)].filter(Boolean).join('\n'))
      this.givenBack.value++
      this.thread.value = thread?.id ?? null
      if (thread) return
      const row = this.host.state.micrograph(micrograph)
      this.draft.value = {
        micrograph: row?.id ?? null,
        place: row && x != null && y != null ? { x, y } : null,
      }
    })
  }

  get #threads(): ReadonlySignal<readonly Thread[]> {
    return this.host.state.comments.threads
  }

  get #me(): number {
    return this.host.state.you.value?.id ?? 0
  }
}
