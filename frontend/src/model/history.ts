import type { Change } from './operation'

/** One thing a person did, undone as a whole. */
export interface Step {
  readonly micrograph: number
  readonly changes: Change[]
  /** Changes of one gesture (a stroke of the eraser) join one step. */
  readonly gesture: string | null
}

/** Oldest first; what was undone last is the last of `undone`. */
export interface Steps {
  readonly done: readonly Step[]
  readonly undone: readonly Step[]
}

/** What one person did in this browser, across micrographs. */
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

  add(step: Step): void {
    this.#undone = []
    const last = this.#done[this.#done.length - 1]
    if (last && step.gesture !== null && last.gesture === step.gesture) {
      last.changes.push(...step.changes)
      return
    }
    this.#done.push({ ...step, changes: [...step.changes] })
    if (this.#done.length > this.limit) this.#done.shift()
  }

  takeBack(): Step | null {
    const step = this.#done.pop()
    if (step) this.#undone.push(step)
    return step ?? null
  }

  takeForward(): Step | null {
    const step = this.#undone.pop()
    if (step) this.#done.push(step)
    return step ?? null
  }
}
