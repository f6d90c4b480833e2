import { computed, type ReadonlySignal, signal } from '@preact/signals'
import type { Assignment, Micrograph, Person, QueueProgress, ServerLimits } from '../../wire'
import { FAR, type Far, micrographFar, type Presence, peopleWanted, workFar } from './far'

/** What the queue needs of a project. */
export interface QueuedProject {
  readonly you: ReadonlySignal<{ readonly id: number } | null>
  readonly micrographs: ReadonlySignal<readonly Micrograph[]>
  readonly people: ReadonlySignal<readonly Person[]>
  readonly limits: ReadonlySignal<ServerLimits>
}

/** One person's part of the queue. */
export interface Part {
  readonly user: number
  readonly assigned: number
  readonly claimed: number
  readonly done: number
  readonly reviewed: number
  /** Active seconds on a micrograph, of those finished; null before the first. */
  readonly median: number | null
  /** Those finished, by their ids. */
  readonly finished: readonly number[]
}

/** Who has which micrograph of a project, and how far they are. Excluded micrographs are not in it. */
export class WorkQueue {
  readonly assignments = signal<readonly Assignment[]>([])
  /** When people who are not here were last here, ms since 1970. */
  readonly lastSeen = signal<ReadonlyMap<number, number>>(new Map())
  /** ms since 1970, moved on now and then: claims run out without an event. */
  readonly now = signal(Date.now())
  /** Nothing of the queue is in the way of those who have none. */
  readonly used = computed(() => this.assignments.value.length > 0)
  readonly rows = computed(() => this.project.micrographs.value.filter(({ excluded }) => !excluded))
  readonly work = computed(() => grouped(this.assignments.value, ({ micrograph }) => micrograph))
  readonly #presence = computed<Presence>(() => ({
    now: this.now.value,
    here: new Set(this.project.people.value.map(({ id }) => id)),
    lastSeen: this.lastSeen.value,
    claimSeconds: this.project.limits.value.claim_seconds,
  }))
  /** How far each micrograph is, by its id. */
  readonly far = computed(
    () =>
      new Map(
        this.rows.value.map(row => [
          row.id,
          micrographFar(this.of(row.id), row.double, this.#presence.value),
        ]),
      ),
  )
  readonly progress = computed<QueueProgress>(() => {
    const counts = { to_do: 0, assigned: 0, claimed: 0, done: 0, reviewed: 0 }
    for (const far of this.far.value.values()) counts[far] += 1
    return counts
  })
  /** What this person is to do, in the order of names. */
  readonly mine = computed(() =>
    this.rows.value.flatMap(({ id }) => this.own(id) ?? []).filter(one => one.done_at === null),
  )
  /** What others have finished and nobody has reviewed, in the order of names. */
  readonly toReview = computed(() =>
    this.rows.value.flatMap(({ id }) => this.of(id).filter(one => this.reviewable(one))),
  )
  readonly parts = computed<readonly Part[]>(() => {
    const rows = new Set(this.rows.value.map(({ id }) => id))
    const counted = this.assignments.value.filter(({ micrograph }) => rows.has(micrograph))
    return [...grouped(counted, ({ user }) => user)].map(([user, work]) => this.#part(user, work))
  })

  constructor(readonly project: QueuedProject) {}

  of(micrograph: number): readonly Assignment[] {
    return this.work.value.get(micrograph) ?? []
  }

  /** This person's work on a micrograph. */
  own(micrograph: number): Assignment | null {
    const you = this.project.you.value?.id
    return this.of(micrograph).find(({ user }) => user === you) ?? null
  }

  /** How far one person is; null where their claim has run out. */
  farOf(work: Assignment): Far | null {
    return workFar(work, this.#presence.value)
  }

  /** Who has a micrograph, or had it when it was finished. */
  holders(micrograph: number): readonly Assignment[] {
    return this.of(micrograph).filter(one => this.farOf(one) !== null)
  }

  /** Whether this person may take a micrograph. */
  free(micrograph: Micrograph): boolean {
    const holders = this.holders(micrograph.id)
    const you = this.project.you.value?.id
    return holders.length < peopleWanted(micrograph.double) && holders.every(({ user }) => user !== you)
  }

  /** Whether this person may review somebody's work. */
  reviewable(work: Assignment): boolean {
    const own = this.own(work.micrograph)
    return this.farOf(work) === 'done' && work !== own && (own === null || own.done_at !== null)
  }

  apply(changed: readonly Assignment[], removed: readonly number[]): void {
    const gone = new Set([...removed, ...changed.map(({ id }) => id)])
    const kept = this.assignments.peek().filter(({ id }) => !gone.has(id))
    this.assignments.value = [...kept, ...changed].sort((a, b) => a.id - b.id)
  }

  removeMicrograph(id: number): void {
    if (this.of(id).length > 0)
      this.assignments.value = this.assignments.peek().filter(({ micrograph }) => micrograph !== id)
  }

  /** Notes who has just left. */
  noteLeft(before: readonly Person[], after: readonly Person[]): void {
    const here = new Set(after.map(({ id }) => id))
    const left = before.filter(({ id }) => !here.has(id))
    if (left.length === 0) return
    const now = Date.now()
    this.lastSeen.value = new Map([...this.lastSeen.peek(), ...left.map(({ id }) => [id, now] as const)])
  }

  #part(user: number, work: readonly Assignment[]): Part {
    const counts = Object.fromEntries(FAR.map(far => [far, 0])) as Record<Far, number>
    for (const far of work.map(one => this.farOf(one))) if (far) counts[far] += 1
    const finished = work.filter(({ done_at }) => done_at !== null)
    return {
      user,
      assigned: counts.assigned,
      claimed: counts.claimed,
      done: counts.done,
      reviewed: counts.reviewed,
      median: median(finished.map(({ seconds_worked }) => seconds_worked)),
      finished: finished.map(({ micrograph }) => micrograph),
    }
  }
}

function grouped<T>(rows: readonly T[], keyOf: (row: T) => number): Map<number, T[]> {
  const groups = new Map<number, T[]>()
  for (const row of rows) {
    const key = keyOf(row)
    const group = groups.get(key)
    if (group) group.push(row)
    else groups.set(key, [row])
  }
  return groups
}

/** Null where there is none. */
function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length / 2
  const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]]
  return low === undefined || high === undefined ? null : (low + high) / 2
}
