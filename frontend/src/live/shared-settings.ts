import { effect } from '@preact/signals'
import { ApiError } from '../api/client'
import { changeMicrograph } from '../api/micrographs'
import { changeProject } from '../api/projects'
import { makeCurrent } from '../api/trainings'
import type { ProjectState } from '../model/project'
import {
  limitsOf,
  limitValues,
  namesOf,
  type SettingName,
  sameValues,
  shownValue,
  showValues,
  slides,
  type Value,
  type Values,
} from '../model/setting'
import type { History, Step } from '../model/undo/history'
import { settingInWords } from '../model/undo/step-words'
import type { ChangedMicrograph } from '../wire'

/** Milliseconds a slider must rest before its value is shared. */
export const REST = 300

/** Milliseconds from an aborted request to the end of its page. */
const UNLOADS_WITHIN = 500

/** A change on its way; `micrograph` null: of the project. */
interface Change {
  readonly micrograph: number | null
  readonly values: Values
}

/** Of sliders that were moved just now. */
interface Resting extends Change {
  readonly steps: ReadonlySet<Step>
  readonly timer: ReturnType<typeof setTimeout>
}

/**
 * The one way in which this browser changes settings for everyone: records them for undo and sends them, in order.
 */
export class SharedSettings {
  /** Tells one drag from the next: changes with each press. */
  press = ''
  #sending: Promise<unknown> = Promise.resolve()
  #onTheWay: readonly Change[] = []
  #resting: Resting | null = null
  /** A micrograph's own thresholds as everyone has them, while sliders show others. */
  readonly #held = new Map<string, Value>()

  constructor(
    readonly state: ProjectState,
    readonly history: History,
    readonly say: (message: string) => void,
  ) {
    effect(() => this.follow())
  }

  /**
   * Changes what differs, and shows it once everyone has it. It is an undo step at once: the socket may bring the
   * change before the server answers, and whoever sees it may reload the page. Raises ApiError.
   */
  async change(micrograph: number | null, wanted: Values): Promise<void> {
    const [before, after] = this.#differing(micrograph, wanted)
    if (namesOf(after).length === 0) return
    const step = this.history.add({ type: 'setting', micrograph, before, after, gesture: null })
    try {
      await this.#share({ micrograph, values: after })
    } catch (error) {
      this.#forget([step], error)
      throw error
    }
  }

  /**
   * Steps that failed. Where there was no answer, a moment later: a page that reloads aborts its requests, and then keeps
   * its history, in which a change that may have reached the server has its place.
   */
  #forget(steps: Iterable<Step>, error: unknown): void {
    const forget = (): void => {
      for (const step of steps) this.history.forget(step)
    }
    if (error instanceof ApiError && error.status === 0) setTimeout(forget, UNLOADS_WITHIN)
    else forget()
  }

  /** A slider moves: it acts here at once, and is shared when it rests. */
  slide(micrograph: number | null, wanted: Values): void {
    const [before, after] = this.#differing(micrograph, wanted)
    if (namesOf(after).length === 0) return
    if (this.#resting && this.#resting.micrograph !== micrograph) void this.#settle()
    this.#show({ micrograph, values: after })
    const gesture = [this.press, micrograph, ...namesOf(after)].join(' ')
    const step = this.history.add({ type: 'setting', micrograph, before, after, gesture })
    clearTimeout(this.#resting?.timer)
    this.#resting = {
      micrograph,
      values: { ...this.#resting?.values, ...after },
      steps: new Set([...(this.#resting?.steps ?? []), step]),
      timer: setTimeout(() => void this.#settle(), REST),
    }
  }

  /**
   * Sets what is `from` to `to`, all or nothing: returns what somebody has changed since, in which case nothing is
   * done. Raises ApiError, and then shows what everyone has.
   */
  async replay(micrograph: number | null, from: Values, to: Values): Promise<readonly SettingName[]> {
    const changed = namesOf(from).filter(name => this.#now(micrograph, name) !== from[name])
    if (changed.length > 0) return changed
    void this.#settle()
    const change = { micrograph, values: to }
    if (slides(to)) this.#show(change)
    try {
      await this.#share(change)
    } catch (error) {
      this.#showHeld(change)
      throw error
    }
    return []
  }

  /** Adopts the project's limits, unless this person is just moving them. */
  follow(): void {
    const project = this.state.project.value
    if (!project || this.#pending(null).length > 0) return
    const [shared, shown] = [limitsOf(project), this.state.thresholds.peek()]
    if (!sameValues(limitValues(shared), limitValues(shown))) this.state.thresholds.value = shared
  }

  /** Sends values whose sliders rest; a refused change is not an undo step, and everyone's values are shown again. */
  async #settle(): Promise<void> {
    const resting = this.#resting
    if (!resting) return
    clearTimeout(resting.timer)
    this.#resting = null
    try {
      await this.#share(resting)
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      this.#forget(resting.steps, error)
      this.#showHeld(resting)
      const what = settingInWords(this.state, resting.micrograph, namesOf(resting.values))
      this.say(`Could not save: ${what}. ${error.message}`)
    }
  }

  async #share(change: Change): Promise<void> {
    this.#onTheWay = [...this.#onTheWay, change]
    const sent = this.#sending.then(() => send(this.state.project.peek()?.id ?? 0, change))
    this.#sending = sent.catch(() => undefined)
    try {
      await sent
    } finally {
      this.#onTheWay = this.#onTheWay.filter(other => other !== change)
    }
    this.#hold(change)
  }

  /** Everyone has it: shows it, but for what this person has moved on meanwhile. */
  #hold({ micrograph, values }: Change): void {
    if (micrograph === null) {
      const project = this.state.project.peek()
      if (project) this.state.project.value = { ...project, ...(values as Partial<typeof project>) }
      return
    }
    for (const name of namesOf(values)) this.#held.set(keyOf(micrograph, name), values[name] ?? null)
    const rested = namesOf(values).filter(name => !this.#moving(micrograph, name))
    showValues(this.state, micrograph, pick(values, rested))
  }

  #show({ micrograph, values }: Change): void {
    for (const name of namesOf(values))
      if (micrograph !== null && !this.#moving(micrograph, name))
        this.#held.set(keyOf(micrograph, name), shownValue(this.state, micrograph, name))
    showValues(this.state, micrograph, values)
  }

  /** After a refusal: what everyone has, where the refused value is still shown. */
  #showHeld({ micrograph, values }: Change): void {
    if (micrograph === null) return this.follow()
    if (!slides(values)) return
    const refused = namesOf(values).filter(name => shownValue(this.state, micrograph, name) === values[name])
    const held = refused.map(name => [name, this.#held.get(keyOf(micrograph, name)) ?? null])
    showValues(this.state, micrograph, Object.fromEntries(held))
  }

  /** What rests or is on the way to one place, oldest first. */
  #pending(micrograph: number | null): Change[] {
    const all = this.#resting ? [...this.#onTheWay, this.#resting] : this.#onTheWay
    return all.filter(change => change.micrograph === micrograph)
  }

  #moving(micrograph: number | null, name: SettingName): boolean {
    return this.#pending(micrograph).some(({ values }) => name in values)
  }

  /** As it will be once all of this person's changes have arrived. */
  #now(micrograph: number | null, name: SettingName): Value {
    const last = this.#pending(micrograph).findLast(({ values }) => name in values)
    return last ? (last.values[name] ?? null) : shownValue(this.state, micrograph, name)
  }

  /** What `wanted` changes: as it is, and as it is to be. */
  #differing(micrograph: number | null, wanted: Values): [before: Values, after: Values] {
    const names = namesOf(wanted).filter(name => wanted[name] !== this.#now(micrograph, name))
    const before = names.map(name => [name, this.#now(micrograph, name)])
    return [Object.fromEntries(before), pick(wanted, names)]
  }
}

async function send(project: number, { micrograph, values }: Change): Promise<void> {
  if (micrograph !== null) await changeMicrograph(micrograph, values as ChangedMicrograph)
  else if (typeof values.current_training === 'number') await makeCurrent(values.current_training)
  else await changeProject(project, values as Parameters<typeof changeProject>[1])
}

function pick(values: Values, names: readonly SettingName[]): Values {
  return Object.fromEntries(names.map(name => [name, values[name] ?? null]))
}

function keyOf(micrograph: number, name: SettingName): string {
  return `${micrograph} ${name}`
}
