import { batch, computed, effect, type Signal, signal } from '@preact/signals'
import {
  getBeside,
  getMembers,
  listAverages,
  makeAverages,
  pictureUrl,
  removeAverages,
} from '../../api/averages'
import { ApiError } from '../../api/client'
import { cancelJob } from '../../api/projects'
import type { Sync } from '../../live/sync'
import { type AveragesSettings, loadAveragesSettings } from '../../model/averages/averages-settings'
import { orderOf } from '../../model/averages/class-order'
import { type Member, marksNearby, membersOf, type Nearby } from '../../model/averages/members'
import { type ClassTally, tallyOf } from '../../model/averages/tally'
import { follow } from '../../model/follow'
import type { Label, Verdict } from '../../model/marks/mark'
import type { ProjectState } from '../../model/project'
import type { AverageClass, Averages as AveragesRow, Beside, NewAverages } from '../../wire'
import type { Gallery } from '../gallery/gallery'
import { loadImage } from '../gallery/sheets'
import type { Say } from '../say'

/** Requests for members under way at once. */
const PARALLEL = 3

/** What the averages need of the desk. */
export interface AveragesHost {
  readonly id: number
  readonly sync: Pick<Sync, 'held'>
  readonly state: ProjectState
  readonly gallery: Pick<Gallery, 'settings' | 'shownClass' | 'showClass'>
  readonly selection: { clear(): void }
  readonly overview: { readonly open: Signal<boolean> }
  readonly say: Say
}

/** Averages as of a round, and the picture of them that has come. */
export interface Pictured {
  readonly row: AveragesRow
  readonly classes: readonly AverageClass[]
  readonly url: string
}

/** The picks sorted into classes, over the canvas: which averages are shown, and what people said of their members. */
export class Averages {
  readonly open = signal(false)
  readonly settings: Signal<AveragesSettings>
  /** Why the list could not be had; empty if it could. */
  readonly problem = signal('')
  readonly loaded = signal(false)
  /** The newest first. */
  readonly rows = computed(() => [...this.host.state.averages.value].sort((a, b) => b.number - a.number))
  readonly #chosen = signal<number | null>(null)
  /** Those chosen, else the newest. */
  readonly shown = computed(
    () => this.rows.value.find(({ number }) => number === this.#chosen.value) ?? this.rows.value[0] ?? null,
  )
  /** What is seen of those shown: the last round whose picture has come, so that nothing flickers. */
  readonly pictured = signal<Pictured | null>(null)
  /** Places of the classes as they are listed. */
  readonly order = computed(() => orderOf(this.pictured.value?.classes ?? [], this.settings.value))
  /** Place in `order` of the class that keys act on. */
  readonly at = signal(0)
  /** Goes up when the page should scroll to `at`. */
  readonly reveals = signal(0)
  /** Of the classes of those shown, by their numbers, as far as they have come. */
  readonly members = signal<ReadonlyMap<number, readonly Member[]>>(new Map())
  readonly tallies = signal<ReadonlyMap<number, ClassTally>>(new Map())
  readonly #compared = signal<number | null>(null)
  /** The averages that those shown are compared with. */
  readonly compared = computed(
    () => this.rows.value.find(({ number }) => number === this.#compared.value) ?? null,
  )
  readonly beside = signal<Beside | null>(null)
  readonly #nearby = new Map<number, Nearby<Label | Verdict>>()
  /** Whose members have come, or are on their way. */
  #membersOf: number | null = null
  /** Those whose crops the gallery was asked to show. */
  #inGallery: readonly Member[] | undefined
  #due = false
  readonly #ends: (() => void)[] = []

  constructor(
    readonly host: AveragesHost,
    readonly load: (url: string) => Promise<void> = loadImage,
  ) {
    this.settings = loadAveragesSettings(localStorage)
  }

  start(): void {
    const { state } = this.host
    const finished = computed(() =>
      this.open.value && isFinished(this.shown.value) ? this.shown.value?.number : null,
    )
    this.#ends.push(
      effect(() => this.#picture(this.open.value ? this.shown.value : null)),
      follow([finished], () => void this.#loadMembers(finished.peek() ?? null)),
      follow(
        [finished, this.compared],
        () => void this.#loadBeside(finished.peek() ?? null, this.compared.peek()),
      ),
      follow([this.members, this.open], () => this.#schedule()),
      follow([this.at, this.order, this.members], () => this.#showCrops()),
      follow([state.project, state.micrographs], () => {
        this.#nearby.clear()
        this.#schedule()
      }),
      state.marks.listen(micrograph => {
        this.#nearby.delete(micrograph)
        this.#schedule()
      }),
    )
  }

  stop(): void {
    for (const end of this.#ends) end()
  }

  /** Whether it is on screen: the overview lies over it. */
  get seen(): boolean {
    return this.open.peek() && !this.host.overview.open.peek()
  }

  /** Keys act on what is seen: nothing stays selected behind it. */
  toggle(): void {
    if (this.open.peek()) {
      this.open.value = false
      return
    }
    if (this.host.state.travelling.peek())
      return this.host.say('Averages are of the picks of now. Press Esc to come back to now first.')
    batch(() => {
      this.host.selection.clear()
      this.host.overview.open.value = false
      this.open.value = true
    })
    void this.refresh()
  }

  /** Fetches the list; what events have told meanwhile is newer. */
  async refresh(): Promise<void> {
    try {
      const rows = await listAverages(this.host.id)
      const { averages } = this.host.state
      const told = new Map(averages.peek().map(row => [row.number, row]))
      averages.value = rows.map(row => {
        const known = told.get(row.number)
        return known && known.round >= row.round ? known : row
      })
      this.loaded.value = true
      this.problem.value = ''
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      this.problem.value = error.message
    }
  }

  choose(number: number): void {
    batch(() => {
      this.#chosen.value = number
      if (this.#compared.peek() === number) this.#compared.value = null
    })
  }

  compareWith(number: number | null): void {
    this.#compared.value = number
  }

  set(change: Partial<AveragesSettings>): void {
    this.settings.value = { ...this.settings.peek(), ...change }
  }

  /** Makes a class the one that keys act on, and scrolls to it. */
  point(at: number): void {
    this.at.value = at
    this.reveals.value++
  }

  /** The class that keys act on. */
  get current(): AverageClass | null {
    return this.pictured.peek()?.classes[this.order.peek()[this.at.peek()] ?? -1] ?? null
  }

  /** Raises ApiError. */
  async sort(wanted: NewAverages): Promise<void> {
    await this.host.sync.held()
    const row = await makeAverages(this.host.id, wanted)
    const { averages } = this.host.state
    if (!averages.peek().some(({ number }) => number === row.number))
      averages.value = [...averages.peek(), row]
    this.choose(row.number)
  }

  /** Raises ApiError. */
  async cancel({ job }: AveragesRow): Promise<void> {
    await cancelJob(job.id)
  }

  /** Raises ApiError. */
  async remove({ number }: AveragesRow): Promise<void> {
    await removeAverages(this.host.id, number)
    const { averages } = this.host.state
    averages.value = averages.peek().filter(row => row.number !== number)
  }

  /** The label or verdict on a member, if any. */
  markOf(member: Member): Label | Verdict | null {
    const { state } = this.host
    const { micrograph } = member
    let nearby = this.#nearby.get(micrograph)
    if (!nearby) {
      nearby = marksNearby(state.marks.of(micrograph), state.diameter(micrograph))
      this.#nearby.set(micrograph, nearby)
    }
    return nearby.at(member)
  }

  /** Those on micrographs that are there still. */
  membersOf(number: number): readonly Member[] | null {
    const { state } = this.host
    return (
      this.members
        .peek()
        .get(number)
        ?.filter(({ micrograph }) => state.micrograph(micrograph)) ?? null
    )
  }

  /** Shows the crops of the class that keys act on, in the gallery. */
  showCrops(): void {
    const row = this.pictured.peek()?.row
    const current = this.current
    const members = current && this.membersOf(current.number)
    if (!row || !current || !members) return
    this.#inGallery = this.members.peek().get(current.number)
    this.host.gallery.showClass({ title: `Class ${current.number} of averages ${row.number}`, members })
  }

  /** The gallery follows, where it shows another class already. */
  #showCrops(): void {
    const members = this.members.peek().get(this.current?.number ?? 0)
    if (members === this.#inGallery) return
    if (this.open.peek() && this.host.gallery.shownClass.peek()) this.showCrops()
  }

  #picture(row: AveragesRow | null): void {
    if (!row) return
    const { classes } = row
    if (this.pictured.peek()?.row.number !== row.number) {
      this.pictured.value = null
      this.at.value = 0
    }
    if (!classes) return
    const url = pictureUrl(this.host.id, row.number, row.round)
    const show = (): void => {
      if (this.shown.peek() !== row) return
      this.pictured.value = { row, classes, url }
      this.at.value = Math.min(this.at.peek(), classes.length - 1)
    }
    if (this.pictured.peek()?.url === url) show()
    else this.load(url).then(show, () => undefined) // the next round brings another
  }

  async #loadMembers(number: number | null): Promise<void> {
    if (number === null || number === this.#membersOf) return
    this.#membersOf = number
    this.members.value = new Map()
    const classes = [...(this.shown.peek()?.classes ?? [])]
    const still = (): boolean => this.#membersOf === number
    const work = async (): Promise<void> => {
      for (let next = classes.shift(); next && still(); next = classes.shift()) {
        const members = membersOf(await getMembers(this.host.id, number, next.number))
        if (still()) this.members.value = new Map(this.members.peek()).set(next.number, members)
      }
    }
    const all = await this.#trying(() => Promise.all(Array.from({ length: PARALLEL }, work)))
    if (!all && still()) this.#membersOf = null
  }

  async #loadBeside(number: number | null, other: AveragesRow | null): Promise<void> {
    this.beside.value = null
    if (number === null || !other) return
    await this.#trying(async () => {
      const beside = await getBeside(this.host.id, number, other.number)
      if (this.shown.peek()?.number === number && this.compared.peek() === other) this.beside.value = beside
    })
  }

  /** Whether it went through. */
  async #trying(work: () => Promise<unknown>): Promise<boolean> {
    try {
      await work()
      return true
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      this.host.say(`Could not load the averages. ${error.message}`, 'error')
      return false
    }
  }

  /** At most once a frame. */
  #schedule(): void {
    if (this.#due || !this.open.peek()) return
    this.#due = true
    requestAnimationFrame(() => {
      this.#due = false
      this.#count()
    })
  }

  #count(): void {
    this.tallies.value = new Map(
      [...this.members.peek().keys()].map(number => [
        number,
        tallyOf((this.membersOf(number) ?? []).map(member => this.markOf(member))),
      ]),
    )
  }
}

export function isRunning(row: AveragesRow): boolean {
  return ['queued', 'running'].includes(row.job.status)
}

function isFinished(row: AveragesRow | null): boolean {
  return row !== null && row.classes !== null && !isRunning(row)
}
