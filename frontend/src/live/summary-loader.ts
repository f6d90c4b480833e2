import { getPickSummary } from '../api/projects'
import { follow } from '../model/follow'
import { Summary } from '../model/picks/summary'
import type { ProjectState } from '../model/project'
import { persist } from './persist'

/** After somebody else's change, and after what a job picked: these come in rows, ms. */
const LATER = 3_000

/** Asks the server to count the picks that this page does not hold, again whenever the counts may have changed. */
export class SummaryLoader {
  stopped = false
  #asking = false
  #again = false
  #timer: ReturnType<typeof setTimeout> | null = null
  readonly #ends: (() => void)[] = []

  constructor(
    readonly project: number,
    readonly state: ProjectState,
    readonly say: (message: string) => void,
  ) {}

  /** Begins, if it has not begun. */
  start(): void {
    if (this.#ends.length > 0) return
    const { state } = this
    this.#ends.push(
      follow([state.partial, state.thresholds, state.project], () => this.#now()),
      follow([state.micrographs], () => this.#later()),
      state.marks.listen(micrograph => state.blocks.of(micrograph) ?? this.#later()),
    )
  }

  stop(): void {
    this.stopped = true
    this.#forget()
    for (const end of this.#ends) end()
  }

  #later(): void {
    if (this.state.partial.peek()) this.#timer ??= setTimeout(() => this.#now(), LATER)
  }

  /** One request at a time: what changes meanwhile is asked for once, after the answer. */
  #now(): void {
    this.#forget()
    this.#again = this.#asking
    if (this.#asking) return
    if (this.state.partial.peek()) void this.#ask()
    else this.state.summary.value = null
  }

  async #ask(): Promise<void> {
    this.#asking = true
    await persist(this, async () => {
      const limits = this.state.thresholds.peek()
      const told = await getPickSummary(this.project, limits)
      if (!this.stopped) this.#take(new Summary(told, limits))
    })
    this.#asking = false
    if (this.#again && !this.stopped) this.#now()
  }

  #take(summary: Summary): void {
    this.state.summary.value = summary
    this.state.noteSummary(summary)
    this.#forget() // what noting it changed is no news
  }

  #forget(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
  }
}
