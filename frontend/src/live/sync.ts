import { batch, computed, effect, signal } from '@preact/signals'
import { ApiError, unreachable } from '../api/client'
import { getSnapshot } from '../api/projects'
import { isOfComment } from '../model/comments/comment'
import { marksOf } from '../model/marks/mark'
import { noteLately } from '../model/presence/lately'
import type { ProjectState } from '../model/project'
import { limitsOf } from '../model/setting'
import type {
  AppliedMessage,
  EventsMessage,
  FailedMessage,
  Message,
  Operation,
  Person,
  PointMessage,
  SeeMessage,
  Snapshot,
  Told,
} from '../wire'
import { applyEvent } from './apply'
import { backoff, type Sleep, sleepOrOnline } from './backoff'
import { noteChanger } from './changers'
import { type Loss, Losses } from './losses'
import type { Offer } from './message'
import { PickLoader } from './pick-loader'
import { OperationQueue, type Stall } from './queue'
import { type Company, Seeing } from './seeing'
import { BrowserShelf } from './shelf'
import { type Connection, LiveSocket } from './socket'
import { SourceLoader } from './source-loader'
import { SummaryLoader } from './summary-loader'
import { Telling } from './telling'

/** A held arrow key walks thirty micrographs a second: the server is told of five, and of the last one. Ms. */
export const LOOK_EVERY = 200

/** Why the server sent this page away, in words, and what the person can do. */
export interface Dismissal {
  readonly reason: string
  readonly offer: Offer
}

/** Keeps one project's state in sync with the server, and the server with this person's changes. */
export class Sync {
  readonly connection = signal<Connection>('connecting')
  readonly waiting = signal(0)
  /** Why changes do not get through, although the socket may still seem open; null while they do. */
  readonly stalled = signal<Stall | null>(null)
  /** Whether what one does here reaches the server; if not, why. */
  readonly reach = computed<Connection | Stall>(() =>
    this.connection.value === 'live' ? (this.stalled.value ?? 'live') : this.connection.value,
  )
  readonly dismissed = signal<Dismissal | null>(null)
  readonly picks: PickLoader
  readonly sources: SourceLoader
  readonly summary: SummaryLoader
  /** The number of the last event that is applied. */
  readonly reached = signal(0)
  #socket: LiveSocket | null = null
  #queue: OperationQueue | null = null
  readonly #shelf = signal<BrowserShelf | null>(null)
  readonly #losses: Losses
  readonly #seeing = new Seeing(seen => this.#socket?.send(seen))
  readonly #looking = new Telling<number | null>(null, LOOK_EVERY, micrograph => {
    this.#socket?.send({ type: 'look', micrograph })
    this.#seeing.shows(micrograph)
  })
  readonly #following = new Telling<number | null>(null, LOOK_EVERY, person =>
    this.#socket?.send({ type: 'follow', person }),
  )
  #stopped = false
  /** Waits, or less long when the connection is there again. */
  readonly #pause: Sleep = seconds =>
    new Promise(resolve => {
      const done = (): void => {
        clearTimeout(timer)
        forget()
        resolve()
      }
      const timer = setTimeout(done, seconds * 1000)
      let before = this.connection.peek()
      const forget = this.connection.subscribe(now => {
        if (now === 'live' && before !== 'live') done()
        before = now
      })
    })
  readonly #online = (): void => this.#socket?.connect()
  /** The browser asks before it closes a page whose changes would be lost, and only then. */
  readonly #unwatch = effect(() => {
    if (this.waiting.value === 0 || this.kept) return
    addEventListener('beforeunload', warn)
    return () => removeEventListener('beforeunload', warn)
  })

  constructor(
    readonly id: number,
    readonly state: ProjectState,
    readonly say: (message: string) => void,
    /** Somebody else's changes were first. */
    lost: (losses: readonly Loss[]) => void,
  ) {
    this.#losses = new Losses(lost)
    // The picks that are looked at come first: to count all others keeps the server busy.
    this.picks = new PickLoader(id, state, say, () => this.summary.start())
    this.sources = new SourceLoader(id, state, say)
    this.summary = new SummaryLoader(id, state, say)
  }

  /** Loads the project; raises ApiError where that fails. */
  async start(): Promise<void> {
    const snapshot = await getSnapshot(this.id)
    if (this.#stopped) return
    const shelf = new BrowserShelf(snapshot.you.id, this.id)
    this.#shelf.value = shelf
    await shelf.open()
    if (this.#stopped) return
    const queue = new OperationQueue(shelf, this.#handlers(), this.#pause, snapshot.limits.operations)
    await queue.adopt()
    if (this.#stopped) return shelf.close()
    this.#queue = queue
    this.#begin(snapshot, queue)
    if (!this.state.partial.peek()) this.summary.start()
  }

  /** Whether changes that wait would outlive this page. */
  get kept(): boolean {
    return this.#shelf.value?.kept.value ?? true
  }

  get sequence(): number {
    return this.reached.peek()
  }

  send(operations: Operation[]): void {
    this.#queue?.add(operations)
  }

  /**
   * Waits until the server holds all that was changed here, for requests that mean it too: changes have a way of their own.
   * While they do not get through it does not wait.
   */
  held(): Promise<void> {
    return new Promise(resolve => {
      const end = effect(() => {
        if (this.waiting.value > 0 && this.reach.value === 'live') return
        resolve()
        queueMicrotask(() => end())
      })
    })
  }

  look(micrograph: number | null): void {
    this.picks.look(micrograph)
    if (micrograph === null) this.summary.start()
    this.#looking.at(micrograph)
  }

  /** What this person sees, for others. */
  see(seen: SeeMessage, company: Company): void {
    this.#seeing.at(seen, company)
  }

  point(message: PointMessage): void {
    this.#socket?.send(message)
  }

  /** Whose view this page's follows. */
  follow(person: number | null): void {
    this.#following.at(person)
  }

  /** A new token for tiles; the old one runs out after some hours. */
  async renewTiles(): Promise<void> {
    this.state.tiles.value = (await getSnapshot(this.id)).tiles
  }

  stop(): void {
    this.#stopped = true
    removeEventListener('online', this.#online)
    this.#unwatch()
    this.#socket?.close()
    this.#looking.stop()
    this.#losses.stop()
    this.#seeing.stop()
    this.#following.stop()
    this.#queue?.stop()
    this.#shelf.peek()?.close()
    this.picks.stop()
    this.sources.stop()
    this.summary.stop()
  }

  /** Goes on from a snapshot, with what is not sent yet on top. */
  #begin(snapshot: Snapshot, queue: OperationQueue): void {
    batch(() => this.#take(snapshot, queue.unsent))
    void this.picks.loadAll()
    this.#connect(snapshot.you.id)
  }

  /** Starts again in place: an older backup was restored while this page was open. */
  async #beginAgain(queue: OperationQueue): Promise<void> {
    for (let attempt = 0; !this.#stopped; ) {
      try {
        const snapshot = await getSnapshot(this.id)
        if (!this.#stopped) this.#begin(snapshot, queue)
        return
      } catch (error) {
        if (!(error instanceof ApiError)) throw error
        if (!error.passing) return this.#dismiss({ reason: error.message, offer: 'reload' })
        await sleepOrOnline(backoff(attempt++))
      }
    }
  }

  /** Nothing more is sent from here, as it might be sent as somebody else: it stays on its person's shelf. */
  #dismiss(dismissal: Dismissal): void {
    this.#queue?.stop()
    this.#shelf.peek()?.close()
    this.dismissed.value = dismissal
  }

  #take(snapshot: Snapshot, unsent: readonly Operation[]): void {
    const { state } = this
    const { project } = snapshot
    state.you.value = snapshot.you
    state.guest.value = snapshot.guest
    state.project.value = project
    state.sources.value = snapshot.sources
    state.followCurrent()
    state.thresholds.value = limitsOf(project)
    state.members.value = snapshot.members
    state.micrographs.value = snapshot.micrographs
    state.queue.assignments.value = snapshot.assignments
    state.queue.lastSeen.value = new Map(snapshot.last_seen.map(({ user, at }) => [user, Date.parse(at)]))
    state.trainings.value = snapshot.trainings
    state.jobs.value = snapshot.jobs
    state.watched.value = snapshot.watched
    state.formats.value = snapshot.formats
    state.extensions.value = snapshot.extensions
    state.otherKinds.value = snapshot.other_kinds
    state.tiles.value = snapshot.tiles
    state.limits.value = snapshot.limits
    state.comments.reset(snapshot.comments, snapshot.comments_read, unsent.filter(isOfComment))
    state.ledger.reset(
      marksOf(snapshot, snapshot.sequence),
      unsent.filter(operation => !isOfComment(operation)),
      snapshot.sequence,
    )
    state.blocks.clear()
    this.sources.forget()
    state.finals.forgetAll()
    this.reached.value = snapshot.sequence
  }

  #handlers() {
    const { ledger, comments } = this.state
    return {
      post: (operations: readonly Operation[]) =>
        this.#socket?.ask(operations) ?? Promise.reject(unreachable()),
      held: (operation: Operation, sequence: number) => {
        if (isOfComment(operation)) comments.hold(operation, sequence)
        else ledger.hold(operation, sequence)
        ledger.reached(this.sequence)
        comments.reached(this.sequence)
      },
      refused: (operation: Operation, reason: string) => {
        if (isOfComment(operation)) comments.refuse(operation)
        else ledger.refuse(operation)
        this.say(`A change was rejected: ${reason}`)
      },
      overtaken: (operation: Operation, by: number | null, sequence: number) => {
        this.#losses.add({ change: ledger.changeOf(operation), by }, sequence)
        this.state.changers.set(operation.id, by) // also where that was before this page was loaded
        ledger.hold(operation, sequence) // shown until what stands has come
        ledger.reached(this.sequence)
        this.#losses.reached(this.sequence)
      },
      waiting: (count: number) => {
        this.waiting.value = count
      },
      stalled: (why: Stall | null) => {
        this.stalled.value = why
      },
    }
  }

  #connect(you: number): void {
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws'
    this.#socket = new LiveSocket(`${scheme}://${location.host}/ws/projects/${this.id}?user=${you}`, {
      after: () => this.sequence,
      message: message => this.#receive(message),
      state: state => {
        this.connection.value = state
        if (state === 'live') {
          this.#looking.again()
          this.#following.again()
          void this.#goOn()
        }
      },
    })
    this.#socket.connect()
    addEventListener('online', this.#online)
  }

  /** Sends what waits, with what pages that were closed meanwhile have left. */
  async #goOn(): Promise<void> {
    const queue = this.#queue
    void queue?.flush()
    const found = (await queue?.adopt()) ?? []
    if (this.#stopped || found.length === 0) return
    for (const operation of found) this.#local(operation)
    void queue?.flush()
  }

  #local(operation: Operation): void {
    if (isOfComment(operation)) this.state.comments.local(operation)
    else this.state.ledger.local(operation)
  }

  #receive(message: Exclude<Message, AppliedMessage | FailedMessage>): void {
    if (message.type === 'events') batch(() => this.#events(message))
    else if (message.type === 'presence') this.#people(message.people)
    else if (message.type === 'views') this.state.views.take(message.micrograph, message.seen)
    else if (message.type === 'pointed') this.state.pointed.value = message
    else if (message.type === 'caught_up') {
      this.state.here.value = message.you
      this.#reached(message.sequence)
    } else if (message.type === 'bye' && message.offer === 'snapshot' && this.#queue)
      void this.#beginAgain(this.#queue)
    else if (message.type === 'bye') this.#dismiss(message)
  }

  #people(people: readonly Person[]): void {
    const before = this.state.people.peek()
    // In a fixed order, so that faces do not change places.
    this.state.people.value = [...people].sort((a, b) => a.id - b.id)
    this.state.queue.noteLeft(before, people)
  }

  /** What is for others alone is not among them, and passed all the same. */
  #events({ events, last }: EventsMessage): void {
    const { state } = this
    if (this.connection.peek() === 'live') noteLately(state.lately, events, state.marks, state.you.peek()?.id)
    for (const told of events) this.#event(told)
    this.#reached(last)
  }

  #event(told: Told): void {
    const { sequence, event, operation } = told
    if (sequence <= this.sequence) return
    noteChanger(this.state, told)
    if (operation) this.#queue?.seen(operation)
    applyEvent(this.state, told)
    if (event.type === 'picks.added') this.picks.added(event.micrograph)
    if (event.type === 'micrograph.restored') {
      this.picks.added(event.micrograph)
      this.sources.loadAgain()
    }
    if (event.type === 'training.made_current') void this.picks.loadAll()
    this.#reached(sequence)
  }

  #reached(sequence: number): void {
    this.reached.value = Math.max(this.sequence, sequence)
    this.state.ledger.reached(this.sequence)
    this.state.comments.reached(this.sequence)
    this.#losses.reached(this.sequence)
  }
}

function warn(event: Event): void {
  event.preventDefault()
}
