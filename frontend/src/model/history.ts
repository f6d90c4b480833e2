import type { Change } from './operation'
import { sameValues, type Values } from './setting'

export interface MarkStep {
  readonly type: 'marks'
  /** Where it was done; marks of others may be among the changes. */
  readonly micrograph: number
  readonly changes: Change[]
  /** Changes of one gesture (a stroke of the eraser) join one step. */
  readonly gesture: string | null
}

export interface SettingStep {
  readonly type: 'setting'
  /** Null: of the project. */
  readonly micrograph: number | null
  readonly before: Values
  after: Values
  /** Changes of one gesture (a drag) that continue where the last one ended are merged into one step. */
  readonly gesture: string | null
}

/** One thing a person did for everyone, undone as a whole. */
export type Step = MarkStep | SettingStep

/** Oldest first; what was undone last is the last of `undone`. */
export interface Steps {
  readonly done: readonly Step[]
  readonly undone: readonly Step[]
}

/** What one person did in this browser, in the order in which it was done, whatever it concerns. */
export class History {
  #done: Step[] = []
  #undone: Step[] = []

  constructor(readonly limit = 500) {}

  get steps(): Steps {
    return { done: this.#done, undone: this.#undone }
  }

  restore({ done, undone }: Steps): void {
    this.#done = [...done]
    this.#undone = [...undone]
  }

  get canUndo(): boolean {
    return this.#done.length > 0
  }

  get canRedo(): boolean {
    return this.#undone.length > 0
  }

  /** Whether a step is done and not undone. */
  holds(step: Step): boolean {
    return this.#done.includes(step)
  }

  /** The step as it is kept: the one that it joined, or itself. */
  add(step: Step): Step {
    this.#undone = []
    const last = this.#done[this.#done.length - 1]
    if (last && joined(last, step)) {
      if (last.type === 'setting' && sameValues(last.before, last.after)) this.#done.pop()
      return last
    }
    this.#done.push(step)
    if (this.#done.length > this.limit) this.#done.shift()
    return step
  }

  /** The last step, or one in particular, which is then the next to be done again. */
  takeBack(step = this.#done[this.#done.length - 1]): Step | null {
    if (!step || !move(step, this.#done, this.#undone)) return null
    return step
  }

  takeForward(step = this.#undone[this.#undone.length - 1]): Step | null {
    if (!step || !move(step, this.#undone, this.#done)) return null
    return step
  }

  /** Forgets a step that failed. */
  forget(step: Step): void {
    this.#done = this.#done.filter(other => other !== step)
    this.#undone = this.#undone.filter(other => other !== step)
  }
}

function move(step: Step, from: Step[], to: Step[]): boolean {
  const place = from.lastIndexOf(step)
  if (place < 0) return false
  from.splice(place, 1)
  to.push(step)
  return true
}

/** Merges the next step into this one, if it belongs to it. */
function joined(last: Step, next: Step): boolean {
  if (next.gesture === null || last.gesture !== next.gesture) return false
  if (last.type === 'marks' && next.type === 'marks') last.changes.push(...next.changes)
  else if (last.type === 'setting' && next.type === 'setting' && sameValues(last.after, next.before))
    last.after = next.after
  else return false
  return true
}
