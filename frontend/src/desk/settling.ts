import { batch, computed, type ReadonlySignal, signal } from '@preact/signals'
import { ApiError } from '../api/client'
import { getDifferences, getDoubleAgreement } from '../api/double-labelling'
import { inSight, type View } from '../geometry/view'
import { NEAR } from '../model/picks/final'
import type { ProjectState } from '../model/project'
import {
  type Answer,
  answerTo,
  changesFor,
  isSettled,
  mayAnswer,
  placeOfDifference,
} from '../model/queue/difference'
import type { Editor } from '../model/undo/editor'
import type { ViewSettings } from '../model/view/settings'
import type { LabelDifferences } from '../wire'

/** What settling needs of the desk. */
export interface SettlingHost {
  readonly id: number
  readonly state: ProjectState
  readonly editor: Editor
  readonly current: ReadonlySignal<number | null>
  readonly view: ReadonlySignal<View | null>
  set(change: Partial<ViewSettings>): void
  open(micrograph: number): void
  say(message: string): void
}

const NOTHING: LabelDifferences = { people: [], differences: [] }

/** Settles where two people differ who labelled blind: one place after another, each answered by a key. */
export class Settling {
  readonly active = signal(false)
  /** Of the last one too, once it is left: how many differences it has stays right, whatever is undone. */
  readonly micrograph = signal<number | null>(null)
  readonly found = signal(NOTHING)
  /** Which difference; as many as there are once all are passed. */
  readonly at = signal(0)
  readonly busy = signal(false)
  /** Goes up whenever the view should move to the place. */
  readonly looks = signal(0)
  readonly difference = computed(() =>
    this.active.value ? (this.found.value.differences[this.at.value] ?? null) : null,
  )
  readonly place = computed(() => {
    const [micrograph, difference] = [this.micrograph.value, this.difference.value]
    return difference && micrograph !== null ? { micrograph, ...placeOfDifference(difference) } : null
  })
  /** What was answered to each; null where nothing was, or something else settled it. */
  readonly answers = signal<readonly (Answer | null)[]>([])
  readonly left = signal(0)
  /** Those answered here, by number. */
  #answered: ReadonlySet<number> = new Set()

  constructor(
    readonly host: SettlingHost,
    readonly load = getDifferences,
    readonly agreement = getDoubleAgreement,
  ) {
    host.state.marks.listen(() => this.#look())
  }

  /** Begins with a micrograph, or goes back to its place. */
  async start(micrograph: number): Promise<void> {
    if (this.micrograph.peek() === micrograph && this.place.peek()) return this.show()
    await this.#asking(async () => {
      const found = await this.load(micrograph)
      if (found.differences.length === 0) this.host.say('There is nothing to settle on this micrograph.')
      else this.#begin(micrograph, found)
    })
  }

  /** Goes on with another micrograph that has differences left; leaves where there is none. */
  async next(): Promise<void> {
    await this.#asking(async () => {
      const { micrographs } = await this.agreement(this.host.id)
      const next = micrographs.find(({ id, open }) => open > 0 && id !== this.micrograph.peek())
      if (next) return this.#begin(next.id, await this.load(next.id))
      this.host.say('All differences on other micrographs are settled.')
      this.leave()
    })
  }

  /** Settles the difference and moves on. A place that is out of sight is shown instead. */
  answer(answer: Answer): void {
    const [difference, place] = [this.difference.peek(), this.place.peek()]
    if (!difference || !place) return
    const { state, editor, say } = this.host
    const reason = state.locked.peek()
    if (reason) return say(reason)
    if (!mayAnswer(difference, answer)) return say('A place has one kind: keep one of the two labels.')
    if (!this.#inSight()) return this.show()
    const own = {
      micrograph: place.micrograph,
      author: state.you.peek()?.id ?? null,
      newId: () => crypto.randomUUID(),
    }
    editor.commit(place.micrograph, changesFor(difference, answer, state.marks.of(place.micrograph), own))
    this.#answered = new Set([...this.#answered, this.at.peek()])
    this.go(1)
  }

  /** To the next difference that nobody has settled, or to the one before. */
  go(step: 1 | -1): void {
    const { differences } = this.found.peek()
    let to = this.at.peek() + step
    while (step > 0 && differences[to] && this.#settled(to)) to += step
    if (to < 0) return
    this.at.value = Math.min(to, differences.length)
    this.show()
  }

  /** Brings the place into sight again. */
  show(): void {
    const place = this.place.peek()
    batch(() => {
      if (place) this.host.open(place.micrograph)
      this.looks.value++
    })
  }

  leave(): void {
    this.active.value = false
  }

  /** Goes back to the difference whose answer was just undone; says whether there is one. */
  undone(): boolean {
    const open = [...this.#answered].filter(at => !this.#settled(at)).pop()
    if (open === undefined || !this.active.peek()) return false
    this.#answered = new Set([...this.#answered].filter(at => at !== open))
    this.at.value = open
    this.show()
    return true
  }

  #begin(micrograph: number, found: LabelDifferences): void {
    batch(() => {
      this.host.set({ marks: true })
      this.#answered = new Set()
      this.active.value = true
      this.micrograph.value = micrograph
      this.found.value = found
      this.at.value = -1
      this.#look()
      this.go(1)
    })
  }

  async #asking(work: () => Promise<void>): Promise<void> {
    if (this.busy.peek()) return
    this.busy.value = true
    try {
      await work()
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      this.host.say(error.message)
    } finally {
      this.busy.value = false
    }
  }

  #look(): void {
    const micrograph = this.micrograph.peek()
    if (micrograph === null) return
    const { state } = this.host
    const [marks, near] = [state.marks.of(micrograph), NEAR * state.diameter(micrograph)]
    const { differences } = this.found.peek()
    batch(() => {
      this.answers.value = differences.map(each => answerTo(each, marks, near))
      this.left.value = differences.filter(each => !isSettled(each, marks, near)).length
    })
  }

  #settled(at: number): boolean {
    const [micrograph, difference] = [this.micrograph.peek(), this.found.peek().differences[at]]
    if (micrograph === null || !difference) return true
    const { state } = this.host
    return isSettled(difference, state.marks.of(micrograph), NEAR * state.diameter(micrograph))
  }

  #inSight(): boolean {
    const [view, place] = [this.host.view.peek(), this.place.peek()]
    return !!view && !!place && this.host.current.peek() === place.micrograph && inSight(view, place)
  }
}
