import { computed, type ReadonlySignal, signal } from '@preact/signals'
import type { Change } from '../marks/operation'
import { sameValues, type Values } from '../setting'

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

/** Micrographs that were deleted together. */
export interface DeletionStep {
  readonly type: 'deletion'
  readonly micrograph: null
  readonly deleted: readonly { readonly id: number; readonly name: string }[]
  readonly gesture: null
}

/** Marks brought back from an earlier moment. */
export interface RestoreStep {
  readonly type: 'restore'
  /** Null: of the project. */
  readonly micrograph: number | null
  /** Of the event that sums up what was done last: the restoration, its undo, or that of its undo. */
  sequence: number
  readonly gesture: null
}

/** One thing a person did for everyone, undone as a whole. */
export type Step = MarkStep | SettingStep | DeletionStep | RestoreStep

/** Oldest first; what was undone last is the last of `undone`. */
export interface Steps {
  readonly done: readonly Step[]
  readonly undone: readonly Step[]
}

/** What one person did in this browser, in the order in which it was done, whatever it concerns. */
export class History {
  readonly #steps = signal<Steps>({ done: [], undone: [] })
  readonly canUndo = computed(() => this.#steps.value.done.length > 0)
  readonly canRedo = computed(() => this.#steps.value.undone.length > 0)

  constructor(readonly limit = 500) {}

  /** A new object with every change, also where a step goes on. */
  get steps(): ReadonlySignal<Steps> {
    return this.#steps
  }

  restore(steps: Steps): void {
    this.#steps.value = steps
  }

  /** Whether a step is done and not undone. */
  holds(step: Step): boolean {
    return this.#steps.value.done.includes(step)
  }

  /** The step as it is kept: the one that it joined, or itself. */
  add(step: Step): Step {
    const { done } = this.#steps.peek()
    const last = done.at(-1)
    if (!last || !joined(last, step)) {
      this.#steps.value = { done: [...done, step].slice(-this.limit), undone: [] }
      return step
    }
    const gone = last.type === 'setting' && sameValues(last.before, last.after)
    this.#steps.value = { done: gone ? done.slice(0, -1) : done, undone: [] }
    return last
  }

  /** The last step, or one in particular, which is then the next to be done again. */
  takeBack(step = this.#steps.peek().done.at(-1)): Step | null {
    const { done, undone } = this.#steps.peek()
    if (!step || !done.includes(step)) return null
    this.#steps.value = { done: without(step, done), undone: [...undone, step] }
    return step
  }

  takeForward(step = this.#steps.peek().undone.at(-1)): Step | null {
    const { done, undone } = this.#steps.peek()
    if (!step || !undone.includes(step)) return null
    this.#steps.value = { done: [...done, step], undone: without(step, undone) }
    return step
  }

  /** Forgets a step that failed. */
  forget(step: Step): void {
    const { done, undone } = this.#steps.peek()
    this.#steps.value = { done: without(step, done), undone: without(step, undone) }
  }
}

function without(step: Step, steps: readonly Step[]): Step[] {
  return steps.filter(other => other !== step)
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
