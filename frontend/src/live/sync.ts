import { batch, signal } from '@preact/signals'
import { getSnapshot, postOperations } from '../api/projects'
import { marksOf, type Snapshot } from '../api/snapshot'
import type { Operation } from '../model/operation'
import type { ProjectState } from '../model/project'
import { applyEvent } from './apply'
import { sleepOrOnline } from './backoff'
import type { Message, Told } from './message'
import { PickLoader } from './pick-loader'
import { OperationQueue } from './queue'
import { storageShelf } from './shelf'
import { type Connection, LiveSocket } from './socket'
import { limitsOf } from './thresholds'

/** Keeps one project's state in step with the server, and the server in step with this person. */
export class Sync {
  readonly connection = signal<Connection>('connecting')
  readonly waiting = signal(0)
  /** Changes do not get through, although the socket may still seem open. */
  readonly stalled = signal(false)
  /** Why the server sent this person away; empty while it has not. */
  readonly dismissed = signal('')
  readonly picks: PickLoader
  sequence = 0
  #socket: LiveSocket | null = null
  #queue: OperationQueue | null = null
  #looking: number | null = null
  #stopped = false
  readonly #online = (): void => this.#socket?.connect()

  constructor(
    readonly id: number,
    readonly state: ProjectState,
    readonly say: (message: string) => void,
  ) {
    this.picks = new PickLoader(id, state, say)
  }

  /** Loads the project; raises ApiError where that fails. */
  async start(): Promise<void> {
    const snapshot = await getSnapshot(this.id)
    if (this.#stopped) return
    const shelf = storageShelf(localStorage, snapshot.you.id, this.id, crypto.randomUUID())
    this.#queue = new OperationQueue(shelf, this.#handlers(), sleepOrOnline)
    const unsent = this.#queue.adopt()
    batch(() => this.#take(snapshot, unsent))
    void this.#queue.flush()
    void this.picks.loadAll()
    this.#connect()
  }

  send(operations: Operation[]): void {
    this.#queue?.add(operations)
  }

  look(micrograph: number | null): void {
    this.#looking = micrograph
    this.picks.first = micrograph
    this.#socket?.send({ type: 'look', micrograph })
  }

  /** A new token for tiles; the old one runs out after some hours. */
  async renewTiles(): Promise<void> {
    this.state.tiles.value = (await getSnapshot(this.id)).tiles
  }

  stop(): void {
    this.#stopped = true
    removeEventListener('online', this.#online)
    this.#socket?.close()
    this.#queue?.stop()
    this.picks.stop()
  }

  #take(snapshot: Snapshot, unsent: readonly Operation[]): void {
    const { state } = this
    const { project } = snapshot
    state.you.value = snapshot.you
    state.project.value = project
    state.blocks.current = project.current_training
    state.thresholds.value = limitsOf(project)
    state.members.value = snapshot.members
    state.micrographs.value = snapshot.micrographs
    state.trainings.value = snapshot.trainings
    state.jobs.value = snapshot.jobs
    state.formats.value = snapshot.formats
    state.extensions.value = snapshot.extensions
    state.tiles.value = snapshot.tiles
    state.ledger.reset(marksOf(snapshot), unsent)
    state.finals.forgetAll()
    this.sequence = snapshot.sequence
  }

  #handlers() {
    const { ledger } = this.state
    return {
      post: (operations: readonly Operation[]) => postOperations(this.id, operations),
      held: (operation: Operation, sequence: number) => {
        ledger.hold(operation, sequence)
        ledger.reached(this.sequence)
      },
      refused: (operation: Operation, reason: string) => {
        ledger.refuse(operation)
        this.say(`A change was taken back: ${reason}`)
      },
      waiting: (count: number) => {
        this.waiting.value = count
      },
      stalled: (stalled: boolean) => {
        this.stalled.value = stalled
      },
    }
  }

  #connect(): void {
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws'
    this.#socket = new LiveSocket(`${scheme}://${location.host}/ws/projects/${this.id}`, {
      after: () => this.sequence,
      message: message => this.#receive(message),
      state: state => {
        this.connection.value = state
        if (state === 'live') {
          this.look(this.#looking)
          void this.#queue?.flush()
        }
      },
    })
    this.#socket.connect()
    addEventListener('online', this.#online)
  }

  #receive(message: Message): void {
    if (message.type === 'events') batch(() => this.#events(message.events))
    // In an order of their own, so that faces do not change places.
    else if (message.type === 'presence')
      this.state.people.value = [...message.people].sort((a, b) => a.id - b.id)
    else if (message.type === 'caught_up') this.#reached(message.sequence)
    else if (message.type === 'bye')
      this.dismissed.value = message.reason || 'You are no longer a member of this project.'
  }

  #events(events: readonly Told[]): void {
    for (const told of events) this.#event(told)
  }

  #event({ sequence, event, operation }: Told): void {
    if (sequence <= this.sequence) return
    if (operation) this.#queue?.seen(operation)
    applyEvent(this.state, event, operation)
    if (event.type === 'picks.added') this.picks.load(event.micrograph)
    if (event.type === 'training.made_current') void this.picks.loadAll()
    this.#reached(sequence)
  }

  #reached(sequence: number): void {
    this.sequence = Math.max(this.sequence, sequence)
    this.state.ledger.reached(this.sequence)
  }
}
