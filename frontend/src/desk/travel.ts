import { batch, computed, type ReadonlySignal, signal } from '@preact/signals'
import { ApiError } from '../api/client'
import { getPast, getPicksOf, getTimeline } from '../api/history'
import { follow } from '../model/follow'
import { type MarksOf, marksOf, sortOut } from '../model/marks/mark'
import { type FinalPick, finalPicks } from '../model/picks/final'
import type { PickBlock } from '../model/picks/picks'
import { diameterOf, type ProjectState, ruleOf } from '../model/project'
import { limitsOf } from '../model/setting'
import type { Past, Tick, Timeline } from '../wire'
import type { Say } from './say'

/** What travelling needs of the desk. */
export interface TravelHost {
  readonly id: number
  readonly state: ProjectState
  readonly sync: { readonly reached: ReadonlySignal<number> }
  readonly current: ReadonlySignal<number | null>
  readonly selection: { clear(): void }
  readonly say: Say
  open(micrograph: number): void
  /** Closes what shows or changes the present on the canvas. */
  closeViews(): void
}

/** A micrograph as of an event. */
export interface Shown {
  readonly past: Past
  readonly micrograph: number
  readonly marks: MarksOf
  readonly picks: readonly FinalPick[]
  /** Particle diameter, pixels. */
  readonly diameter: number
}

/** Picks that are kept in memory, by micrograph and source: they never change. */
const MOST_BLOCKS = 50

const TRAININGS = ['training.finished', 'training.made_current']

/** Looks at a project as of a moment, while all that is live goes on behind. */
export class Travel {
  /** The number of an event; null: now. */
  readonly at = signal<number | null>(null)
  readonly timeline = signal<Timeline | null>(null)
  /** Null until it has come. */
  readonly shown = signal<Shown | null>(null)
  readonly busy = signal(false)
  /** The last event there is: that of now. */
  readonly last = computed(() => this.host.sync.reached.value)
  /** When it was, as an ISO time: told, or estimated until it is. Null before the first event; undefined while neither. */
  readonly time = computed(() => {
    const [at, shown] = [this.at.value, this.shown.value]
    return at !== null && shown?.past.sequence === at ? shown.past.at : this.#estimate(at)
  })
  readonly #blocks = new Map<string, PickBlock | null>()
  #end: () => void = () => undefined

  constructor(readonly host: TravelHost) {}

  get active(): boolean {
    return this.at.peek() !== null
  }

  /** What the canvas shows of a micrograph instead of the present; null while one looks at the present. */
  of(micrograph: number): Pick<Shown, 'marks' | 'picks' | 'diameter'> | null {
    if (!this.active) return null
    const shown = this.shown.peek()
    return shown?.micrograph === micrograph ? shown : { marks: sortOut([]), picks: [], diameter: 0 }
  }

  /** Begins, or goes on, at an event; at the one before the last by default. */
  begin(at = Math.max(0, this.last.peek() - 1)): void {
    if (this.active) return this.go(at)
    batch(() => {
      this.host.closeViews()
      this.host.selection.clear()
      this.host.state.travelling.value = true
      this.at.value = at
    })
    this.#end = follow([this.host.current], () => void this.#load())
    void this.#look()
    void this.#load()
  }

  leave(): void {
    if (!this.active) return
    this.#end()
    this.#forget()
    batch(() => {
      this.host.state.travelling.value = false
      this.at.value = null
      this.shown.value = null
    })
  }

  go(at: number): void {
    const to = Math.min(Math.max(0, at), this.last.peek())
    if (to === this.at.peek()) return
    this.at.value = to
    void this.#load()
  }

  /** To the state before or after what somebody changed on the open micrograph. */
  step(by: 1 | -1): void {
    const past = this.shown.peek()?.past
    if (!past) return
    const to = by < 0 ? past.previous : past.following
    if (to !== null) this.go(to)
    else this.host.say(`Nothing on this micrograph changed ${by < 0 ? 'before' : 'after'} this.`)
  }

  /** To where the training before or after ended. */
  stepTraining(by: 1 | -1): void {
    const at = this.at.peek() ?? 0
    const ends = (this.timeline.peek()?.ticks ?? []).filter(({ type }) => TRAININGS.includes(type))
    const to = by < 0 ? ends.findLast(tick => tick.sequence < at) : ends.find(tick => tick.sequence > at)
    if (to) this.go(to.sequence)
    else this.host.say(`There is no training ${by < 0 ? 'before' : 'after'} this.`)
  }

  /** The training, import or restoration that is nearest before the moment. */
  readonly since = computed<Tick | null>(() => {
    const at = this.at.value
    if (at === null) return null
    return this.timeline.value?.ticks.findLast(tick => tick.sequence <= at) ?? null
  })

  stop(): void {
    this.#end()
  }

  async #look(): Promise<void> {
    await this.#ask(async () => {
      this.timeline.value = await getTimeline(this.host.id)
    })
  }

  /** One request at a time; what was asked for meanwhile comes next, and all between is passed over. */
  async #load(): Promise<void> {
    if (this.busy.peek()) return
    this.busy.value = true
    try {
      for (let wanted = this.#wanted(); wanted; wanted = this.#wanted()) {
        const { at, micrograph } = wanted
        if (!(await this.#ask(() => this.#fetch(at, micrograph)))) return
      }
    } finally {
      this.busy.value = false
    }
  }

  /** What is to be shown and is not. */
  #wanted(): { at: number; micrograph: number } | null {
    const [at, micrograph] = [this.at.peek(), this.host.current.peek()]
    const asked = this.#asked
    if (at === null || micrograph === null || (asked.at === at && asked.micrograph === micrograph))
      return null
    return { at, micrograph }
  }

  #asked: { at: number | null; micrograph: number | null } = { at: null, micrograph: null }

  async #fetch(at: number, micrograph: number): Promise<void> {
    this.#asked = { at, micrograph }
    const past = await getPast(this.host.id, at, micrograph)
    const block =
      past.source === null || !past.source_kept ? null : await this.#block(micrograph, past.source)
    if (!this.active || this.host.current.peek() !== micrograph) return this.#forget()
    const { project, micrograph: row } = past
    const marks = sortOut(row ? marksOf(past, past.sequence) : [])
    const diameter = diameterOf(row, project)
    const rule = row && ruleOf(row, limitsOf(project), diameter)
    this.shown.value = {
      past,
      micrograph,
      marks,
      picks: rule ? finalPicks(block, marks, diameter, rule) : [],
      diameter,
    }
  }

  #forget(): void {
    this.#asked = { at: null, micrograph: null }
  }

  async #block(micrograph: number, source: number): Promise<PickBlock | null> {
    const here = this.host.state.blocks.of(micrograph)
    if (here?.source === source) return here
    const key = `${micrograph} ${source}`
    let block = this.#blocks.get(key)
    if (block === undefined) {
      block = await getPicksOf(micrograph, source)
      const [oldest] = this.#blocks.keys()
      if (this.#blocks.size >= MOST_BLOCKS && oldest !== undefined) this.#blocks.delete(oldest)
      this.#blocks.set(key, block)
    }
    return block
  }

  /** Says whether it went well. */
  async #ask(work: () => Promise<void>): Promise<boolean> {
    try {
      await work()
      return true
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      this.#forget()
      this.host.say(`Could not look back: ${error.message}`, 'error')
      return false
    }
  }

  /** Between the moments that are known. */
  #estimate(at: number | null): string | null | undefined {
    const moments = this.timeline.value?.moments
    if (!moments) return undefined
    const after = moments.find(moment => moment.sequence >= (at ?? 0))
    const before = moments.findLast(moment => moment.sequence <= (at ?? 0))
    if (at === null || !before) return null
    if (!after || after.sequence === before.sequence) return before.at
    const share = (at - before.sequence) / (after.sequence - before.sequence)
    const [from, to] = [Date.parse(before.at), Date.parse(after.at)]
    return new Date(from + share * (to - from)).toISOString()
  }
}
