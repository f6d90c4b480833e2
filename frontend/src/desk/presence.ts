import { batch, computed, effect, type Signal, signal, untracked } from '@preact/signals'
import type { Point } from '../geometry/point'
import { inSight, type View, type Visible, visible } from '../geometry/view'
import type { Company } from '../live/seeing'
import type { Sync } from '../live/sync'
import { follow } from '../model/follow'
import { comesBack } from '../model/presence/circle'
import type { SeenBy } from '../model/presence/views'
import type { ProjectState } from '../model/project'
import type { Person, PointedMessage } from '../wire'
import type { Say } from './say'

/** Somebody points at a place for others to see; `since` as performance.now() counts. */
export interface Ping {
  readonly person: number
  readonly micrograph: number
  readonly at: Point
  readonly since: number
}

/** How long a ping is seen, ms. */
export const PING = 2_600

/** Least time between two of one's own, ms: the server takes no more (picking/live/limits.py). */
const PING_EVERY = 1_000

/** A part of a micrograph that the canvas is asked to show. */
export interface Aim {
  readonly micrograph: number
  readonly view: Readonly<Visible>
}

/** How long a visit goes on once it is known what the other sees, ms. */
const ARRIVES = 1_500

interface PresenceDesk {
  readonly state: ProjectState
  readonly sync: Pick<Sync, 'see' | 'point' | 'follow'>
  readonly current: Signal<number | null>
  readonly cursor: Signal<Point | null>
  readonly view: Signal<View | null>
  readonly place: Signal<Point | null>
  readonly say: Say
  open(id: number): void
}

/** The others who are here: what they see, whom one follows, and who points at what. None of it is stored. */
export class Presence {
  /** Whose view this page's follows. */
  readonly following = signal<number | null>(null)
  /** What the canvas is to show, of those who are followed or visited. */
  readonly aim = signal<Aim | null>(null)
  readonly pings = signal<readonly Ping[]>([])
  readonly others = computed(() => this.#people.filter(person => person.id !== this.#you))
  readonly followers = computed(() => this.others.value.filter(person => person.following === this.#you))
  /** The one followed follows this person too, perhaps by way of others: each holds still until somebody moves. */
  readonly inCircle = computed(() => {
    const leader = this.following.value
    return leader !== null && this.#you !== undefined && comesBack(this.#people, leader, this.#you)
  })
  readonly #company = computed((): Company => {
    if (this.others.value.length === 0) return 'nobody'
    const here = this.desk.current.value
    return this.others.value.some(person => person.micrograph === here) ? 'here' : 'elsewhere'
  })
  /** Whom to go to, as soon as it is known what they see. */
  readonly #sought = signal<number | null>(null)
  #arriving: ReturnType<typeof setTimeout> | undefined
  /** The micrograph on which the one followed was last. */
  #led: number | null = null
  #pinged = -PING_EVERY
  #ends: (() => void)[] = []

  constructor(readonly desk: PresenceDesk) {}

  start(): void {
    const { desk } = this
    this.#ends = [
      effect(() => this.#tell()),
      effect(() => this.#keepUp()),
      effect(() => this.#arrive()),
      follow([desk.current], () => {
        if (desk.current.peek() !== this.#led) this.leave()
      }),
      effect(() => desk.sync.follow(this.following.value)),
      follow([desk.state.pointed], () => this.#pointed(desk.state.pointed.peek())),
    ]
  }

  stop(): void {
    for (const end of this.#ends) end()
  }

  /** What others see of the open micrograph. */
  seenHere(): SeenBy[] {
    const micrograph = this.desk.current.peek()
    if (micrograph === null) return []
    const here = this.others.peek().filter(person => person.micrograph === micrograph)
    return here.flatMap(({ id }) => this.desk.state.views.on(micrograph, id) ?? [])
  }

  /** Whether somebody sees what this person sees, as one of them follows the other. */
  sharesView(id: number): boolean {
    return this.following.peek() === id || this.followers.peek().some(person => person.id === id)
  }

  /** Shows once what somebody sees, on the micrograph where they are. */
  go(id: number): void {
    const person = this.#find(id)
    const micrograph = this.desk.state.micrograph(person?.micrograph ?? null)
    if (!person) return
    if (!micrograph) return this.desk.say(`${person.username} is not on a micrograph.`)
    this.leave()
    this.desk.open(micrograph.id)
    this.#sought.value = id
    this.desk.say(`${person.username} is here, on ${micrograph.name}.`, 'info', {
      label: 'Follow',
      run: () => this.follow(id),
    })
  }

  /** Keeps this page's view with somebody's, until one moves by oneself. */
  follow(id: number): void {
    this.#led = this.desk.current.peek()
    batch(() => {
      this.leave()
      this.following.value = id
    })
  }

  leave(): void {
    clearTimeout(this.#arriving)
    this.#arriving = undefined
    batch(() => {
      this.following.value = null
      this.#sought.value = null
      this.aim.value = null
    })
  }

  /** Shows everyone on the project a place of the open micrograph. */
  point(at: Point): void {
    const micrograph = this.desk.current.peek()
    const you = this.#you
    const now = performance.now()
    if (micrograph === null || you === undefined || now - this.#pinged < PING_EVERY) return
    this.#pinged = now
    this.#show({ person: you, micrograph, at, since: now })
    this.desk.sync.point({ type: 'point', micrograph, at: [round(at.x), round(at.y)] })
    if (this.others.peek().length === 0) this.desk.say('Nobody else is here to see where you point.')
  }

  get #you(): number | undefined {
    const { here, you } = this.desk.state
    return here.value ?? you.value?.id
  }

  get #people(): readonly Person[] {
    return this.desk.state.people.value
  }

  #find(id: number): Person | null {
    return this.others.peek().find(person => person.id === id) ?? null
  }

  #tell(): void {
    const { current, cursor, view, sync } = this.desk
    const [micrograph, at, now, company] = [current.value, cursor.value, view.value, this.#company.value]
    if (micrograph === null || !now) return
    const { left, top, right, bottom } = visible(now, 0)
    const seen = [round(left), round(top), round(right), round(bottom)] as const
    sync.see({ type: 'see', micrograph, at: at && [round(at.x), round(at.y)], view: seen }, company)
  }

  /** Goes where the one followed is, and shows what they see. */
  #keepUp(): void {
    const id = this.following.value
    if (id === null) return
    const person = this.others.value.find(other => other.id === id)
    if (!person) {
      this.desk.say(`${this.desk.state.name(id)} has left: you no longer follow.`)
      return this.leave()
    }
    const { micrograph } = person
    if (this.inCircle.value || !this.desk.state.micrograph(micrograph) || micrograph === null) return
    this.#led = micrograph
    if (micrograph !== this.desk.current.peek()) untracked(() => this.desk.open(micrograph))
    this.#aimAt(id, micrograph)
  }

  /** What was known of them may be old: while nobody watched, they told of it seldom. */
  #arrive(): void {
    const id = this.#sought.value
    const micrograph = this.desk.current.value
    if (id === null || micrograph === null || !this.#aimAt(id, micrograph) || this.#arriving) return
    this.#arriving = setTimeout(() => {
      this.#sought.value = null
    }, ARRIVES)
  }

  #aimAt(id: number, micrograph: number): boolean {
    void this.desk.state.views.changed.value
    const seen = this.desk.state.views.on(micrograph, id)
    if (seen && seen.view !== this.aim.peek()?.view) this.aim.value = { micrograph, view: seen.view }
    return seen !== null
  }

  #pointed(message: PointedMessage | null): void {
    if (!message || message.person === untracked(() => this.#you)) return
    const { person, micrograph } = message
    const [x, y] = message.at
    const { state, current, view } = this.desk
    const ping = { person, micrograph, at: { x, y }, since: performance.now() }
    this.#show(ping)
    const seen = view.peek()
    const here = micrograph === current.peek()
    if (here && seen && inSight(seen, ping.at)) return
    const name = state.micrograph(micrograph)?.name
    if (!name) return
    const what = here ? 'points at something outside your view' : `points at something on ${name}`
    this.desk.say(`${state.name(person)} ${what}.`, 'info', {
      label: 'Go there',
      run: () => this.#visit(ping),
    })
  }

  #visit(ping: Ping): void {
    batch(() => {
      this.leave()
      this.desk.open(ping.micrograph)
      this.desk.place.value = { ...ping.at }
    })
    this.#show({ ...ping, since: performance.now() })
  }

  #show(ping: Ping): void {
    const others = this.pings.peek().filter(({ person, since }) => {
      return person !== ping.person && ping.since - since < PING
    })
    this.pings.value = [...others, ping]
  }
}

function round(value: number): number {
  return Math.round(10 * value) / 10
}
