import { type Change, markOf } from '../model/marks/operation'

/** Milliseconds within which losses are told together. */
export const TOGETHER = 300

/** A change of this person that was not kept, because `by` was first. */
export interface Loss {
  readonly change: Change
  readonly by: number | null
}

/** What this person's changes lost against, gathered until this page has seen what stands instead. */
export class Losses {
  #coming: { readonly loss: Loss; readonly sequence: number }[] = []
  /** By mark: several changes of one are told as one. */
  readonly #seen = new Map<string, Loss>()
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(readonly tell: (losses: readonly Loss[]) => void) {}

  /** Events up to `sequence` say what stands. */
  add(loss: Loss, sequence: number): void {
    this.#coming.push({ loss, sequence })
  }

  reached(sequence: number): void {
    const due = this.#coming.filter(each => each.sequence <= sequence)
    if (due.length === 0) return
    this.#coming = this.#coming.filter(each => each.sequence > sequence)
    for (const { loss } of due) this.#note(loss)
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#tell(), TOGETHER)
  }

  stop(): void {
    clearTimeout(this.#timer)
  }

  #note({ change, by }: Loss): void {
    const id = markOf(change)?.id ?? ''
    const first = this.#seen.get(id)
    this.#seen.set(id, { change: first ? { ...change, before: first.change.before } : change, by })
  }

  #tell(): void {
    this.tell([...this.#seen.values()])
    this.#seen.clear()
  }
}
