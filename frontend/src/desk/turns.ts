import { computed, type ReadonlySignal, signal } from '@preact/signals'
import { ApiError } from '../api/client'
import * as api from '../api/queue'
import type { Sync } from '../live/sync'
import type { ProjectState } from '../model/project'
import { FAR_WORDS, type Far } from '../model/queue/far'
import type { AskForNext, Assignment, Micrograph } from '../wire'
import type { Say } from './say'

/** What taking turns needs of the desk. */
export interface TurnsHost {
  readonly id: number
  readonly sync: Pick<Sync, 'held'>
  readonly state: ProjectState
  readonly micrograph: ReadonlySignal<Micrograph | null>
  readonly say: Say
  open(id: number): void
}

/** In which order free micrographs are taken. */
export type TakingOrder = NonNullable<AskForNext['order']>

/** Which micrographs the list shows, by the queue. */
export type Shown = 'all' | 'mine' | 'review' | Far

export const SHOWN: Readonly<Record<Shown, string>> = {
  all: 'All micrographs',
  mine: 'Yours to do',
  review: 'For you to review',
  ...FAR_WORDS,
}

/** ms between two looks at whose claims have run out. */
const LOOK_EVERY = 15_000

/** What a person does with the queue: take the next, finish it, review what others did. */
export class Turns {
  readonly order = signal<TakingOrder>('name')
  readonly shown = signal<Shown>('all')
  /** The person's own work on the open micrograph. */
  readonly own = computed(() => {
    const row = this.host.micrograph.value
    return row && this.host.state.queue.own(row.id)
  })
  /** What the list of micrographs shows: all of them in a project without a queue. */
  readonly listed = computed(() => {
    const { queue, micrographs } = this.host.state
    const shown = queue.used.value ? this.shown.value : 'all'
    if (shown === 'all') return micrographs.value
    const work = shown === 'mine' ? queue.mine : shown === 'review' ? queue.toReview : null
    const ids = new Set(work?.value.map(({ micrograph }) => micrograph))
    return queue.rows.value.filter(({ id }) => (work ? ids.has(id) : queue.far.value.get(id) === shown))
  })

  constructor(readonly host: TurnsHost) {}

  /** Looks now and then whose claims have run out. Returns a function that stops it. */
  start(): () => void {
    const timer = setInterval(() => {
      this.host.state.queue.now.value = Date.now()
    }, LOOK_EVERY)
    return () => clearInterval(timer)
  }

  /** Opens the next micrograph of the person's own, or else one that is free. */
  next(): Promise<void> {
    return this.#do(async () => {
      const after = this.host.micrograph.peek()?.id ?? null
      const taken = await api.takeNext(this.host.id, { after, order: this.order.peek() })
      if (!taken) return this.host.say('Nothing is left for you to do: the rest is done or in other hands.')
      this.#took(taken)
      this.host.open(taken.micrograph)
    })
  }

  /** Finishes the open micrograph, or goes on with it where it was finished. */
  done(): Promise<void> {
    return this.#do(async () => {
      const row = this.host.micrograph.peek()
      if (!row) return
      if (this.own.peek()?.done_at) this.#took(await api.reopen(row.id))
      else await this.#finish(row)
    })
  }

  doneAndNext(): Promise<void> {
    return this.#do(async () => {
      const row = this.host.micrograph.peek()
      if (row && !this.own.peek()?.done_at) await this.#finish(row)
      await this.next()
    })
  }

  claim(micrograph: number): Promise<void> {
    return this.#do(async () => this.#took(await api.claim(micrograph)))
  }

  giveBack(micrograph: number): Promise<void> {
    return this.#do(async () => {
      await api.giveBack(micrograph)
    })
  }

  /** Accepts what another person did, or sends it back with a reason. Says whether that went through. */
  async review(work: Assignment, reason: string | null): Promise<void> {
    await this.#do(async () => this.#took(await api.review(work, reason)))
  }

  async #finish(row: Micrograph): Promise<void> {
    await this.host.sync.held()
    this.#took(await api.finish(row.id))
    this.host.say(`${row.name} is done.`, 'info', {
      label: 'Reopen',
      run: () => void this.#do(async () => this.#took(await api.reopen(row.id))),
    })
  }

  /** Shown at once, whenever the event comes. */
  #took(work: Assignment): void {
    this.host.state.queue.apply([work], [])
  }

  async #do(work: () => Promise<void>): Promise<void> {
    const locked = this.host.state.locked.peek()
    if (locked) return this.host.say(locked)
    try {
      await work()
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      this.host.say(error.message, 'error')
    }
  }
}
