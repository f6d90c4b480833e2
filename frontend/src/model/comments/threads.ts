import type { Point } from '../../geometry/point'
import type { Comment } from '../../wire'

/** A comment that answers none, with its answers. */
export interface Thread {
  readonly id: string
  readonly micrograph: number | null
  /** Full-resolution pixels; null for all of the micrograph or of the project. */
  readonly place: Point | null
  readonly resolved: boolean
  /** What is shown of it, the oldest first. The first may be deleted, and null where nothing is known of it any more. */
  readonly first: Comment | null
  readonly replies: readonly Comment[]
}

export type CommentFilter = 'you' | 'open' | 'resolved' | 'here'

/** The threads that comments make; those of which nothing is left are none. */
export function threadsOf(comments: Iterable<Comment>): Thread[] {
  const byThread = new Map<string, Comment[]>()
  for (const comment of comments) {
    const others = byThread.get(comment.thread)
    if (others) others.push(comment)
    else byThread.set(comment.thread, [comment])
  }
  return [...byThread].flatMap(([id, all]) => {
    const first = all.find(comment => comment.id === id) ?? null
    const replies = all.filter(comment => comment.id !== id && !comment.deleted).sort(byTime)
    const known = first ?? replies[0]
    if (!known || (first?.deleted !== false && replies.length === 0)) return []
    return [
      {
        id,
        micrograph: known.micrograph,
        place: first && first.x !== null && first.y !== null ? { x: first.x, y: first.y } : null,
        resolved: first?.resolved_at != null,
        first,
        replies,
      },
    ]
  })
}

/** What people wrote in it and did not delete. */
export function livingOf({ first, replies }: Thread): readonly Comment[] {
  return first && !first.deleted ? [first, ...replies] : replies
}

/** Whether a person wrote in it or is named there. */
export function concerns(thread: Thread, person: number): boolean {
  return livingOf(thread).some(
    ({ author, mentions }) => author?.id === person || mentions.some(({ id }) => id === person),
  )
}

/** Whether it waits for a person who has read it up to an event. As `waiting_for` of the server. */
export function waits(thread: Thread, person: number, readUpTo: number): boolean {
  if (thread.resolved || !concerns(thread, person)) return false
  return livingOf(thread).some(({ author, sequence }) => author?.id !== person && sequence > readUpTo)
}

/** The last event that made it. */
export function reachOf(thread: Thread): number {
  return Math.max(0, ...livingOf(thread).map(({ sequence }) => sequence))
}

/** Those that a filter leaves, and the open one whatever becomes of it: the ones that wait first, then by their last words. */
export function filtered(
  threads: readonly Thread[],
  filter: CommentFilter,
  person: number,
  micrograph: number | null,
  reads: ReadonlyMap<string, number>,
  open: string | null = null,
): readonly Thread[] {
  const left = threads.filter(thread => {
    if (thread.id === open) return true
    if (filter === 'resolved') return thread.resolved
    if (filter === 'here') return thread.micrograph === micrograph
    return !thread.resolved && (filter === 'open' || concerns(thread, person))
  })
  const rank = (thread: Thread): number =>
    waits(thread, person, reads.get(thread.id) ?? 0) ? 0 : thread.resolved && thread.id !== open ? 2 : 1
  return left.sort((a, b) => rank(a) - rank(b) || (lastOf(a) < lastOf(b) ? 1 : -1))
}

function lastOf(thread: Thread): string {
  return livingOf(thread).at(-1)?.created_at ?? ''
}

function byTime(a: Comment, b: Comment): number {
  return a.created_at < b.created_at ? -1 : Number(a.created_at > b.created_at)
}
