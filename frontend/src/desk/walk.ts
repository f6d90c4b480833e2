import { batch, computed, type ReadonlySignal, signal } from '@preact/signals'
import { ApiError } from '../api/client'
import { toScreen, type View } from '../geometry/view'
import { LAST, type Label } from '../model/marks/mark'
import { markAt, startingAt } from '../model/marks/suggestion'
import type { ProjectState } from '../model/project'
import type { Editor } from '../model/undo/editor'
import type { LabelKind, Suggestion } from '../wire'

/** What a walk needs of the desk. */
export interface WalkHost {
  readonly state: ProjectState
  readonly editor: Editor
  readonly current: ReadonlySignal<number | null>
  readonly view: ReadonlySignal<View | null>
  open(micrograph: number): void
  say(message: string): void
}

/** Label these next: one place after another, each answered with an ordinary label by a key. */
export class Walk {
  readonly places = signal<readonly Suggestion[]>([])
  /** Which place; as many as there are places once all are passed. */
  readonly at = signal(0)
  readonly busy = signal(false)
  readonly active = computed(() => this.places.value.length > 0)
  readonly place = computed(() => this.places.value[this.at.value] ?? null)
  /** Goes up whenever the view should move to the place. */
  readonly looks = signal(0)
  /** What this person has said of the place. */
  readonly said = signal<LabelKind | null>(null)
  /** Places answered in this walk, by number. */
  readonly answered = signal<ReadonlySet<number>>(new Set())

  constructor(
    readonly host: WalkHost,
    readonly load: () => Promise<readonly Suggestion[]>,
  ) {
    const look = (): void => {
      this.said.value = this.#said()
    }
    this.place.subscribe(look)
    host.state.marks.listen(look)
  }

  /** Asks the server for places and goes to the first; during a walk, back to its place. */
  async start(): Promise<void> {
    const { state } = this.host
    const reason = state.locked.peek()
    if (reason) return this.host.say(reason)
    if (this.place.peek()) return this.show()
    if (this.busy.peek()) return
    this.busy.value = true
    try {
      const places = startingAt(await this.load(), state.people.peek(), state.here.peek() ?? 0)
      if (places.length === 0)
        this.host.say('The networks are sure of every place. Check the picks for mistakes instead.')
      else this.#begin(places)
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      this.host.say(error.message)
    } finally {
      this.busy.value = false
    }
  }

  /**
   * Labels the place and moves on. A place that is out of sight is shown instead, so that nobody labels it unseen.
   */
  answer(kind: LabelKind): void {
    const place = this.place.peek()
    if (!place) return
    if (!this.#inSight(place)) return this.show()
    const mark = this.#markAt(place)
    const mine = mark?.author === this.#me && mark.type === 'label' ? mark : null
    if (mark && !mine) this.host.say(`${this.host.state.name(mark.author)} has just marked this place.`)
    else if (mine?.kind !== kind) this.#label(place, kind, mine)
    if (!mark || mine) this.answered.value = new Set([...this.answered.peek(), this.at.peek()])
    this.go(1)
  }

  /** To the next or previous place; places that others have marked meanwhile are skipped. */
  go(step: 1 | -1): void {
    const places = this.places.peek()
    let to = this.at.peek() + step
    while (places[to] && !this.#open(to)) to += step
    if (to < 0) return
    this.at.value = Math.min(to, places.length)
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
    this.#begin([])
  }

  /** Goes back to the place whose label was just undone; says whether there is one. */
  undone(): boolean {
    const places = this.places.peek()
    const gone = [...this.answered.peek()].filter(i => places[i] && !this.#markAt(places[i])).pop()
    if (gone === undefined) return false
    this.answered.value = new Set([...this.answered.peek()].filter(i => i !== gone))
    this.at.value = gone
    this.show()
    return true
  }

  /** The places that come next, for loading their tiles ahead. */
  ahead(count: number): readonly Suggestion[] {
    const at = this.at.peek()
    return this.places.peek().slice(at + 1, at + 1 + count)
  }

  get #me(): number | null {
    return this.host.state.you.peek()?.id ?? null
  }

  #said(): LabelKind | null {
    const place = this.place.peek()
    const mark = place && this.#markAt(place)
    return mark?.type === 'label' && mark.author === this.#me ? mark.kind : null
  }

  #begin(places: readonly Suggestion[]): void {
    batch(() => {
      this.places.value = places
      this.answered.value = new Set()
      this.at.value = -1
      this.go(1)
    })
  }

  #open(to: number): boolean {
    const place = this.places.peek()[to]
    const micrograph = place && this.host.state.micrograph(place.micrograph)
    if (!micrograph || micrograph.excluded) return false
    return this.answered.peek().has(to) || !this.#markAt(place)
  }

  #markAt(place: Suggestion) {
    const { state } = this.host
    return markAt(state.marks.of(place.micrograph), place, state.diameter(place.micrograph))
  }

  #inSight(place: Suggestion): boolean {
    const view = this.host.view.peek()
    if (!view || this.host.current.peek() !== place.micrograph) return false
    const { x, y } = toScreen(view, place)
    return x >= 0 && y >= 0 && x <= view.width && y <= view.height
  }

  #label({ micrograph, x, y }: Suggestion, kind: LabelKind, before: Label | null): void {
    const fresh = {
      type: 'label',
      id: crypto.randomUUID(),
      micrograph,
      x,
      y,
      changedBy: null,
      order: LAST,
    } as const
    const after: Label = before ? { ...before, kind } : { ...fresh, kind, author: this.#me }
    this.host.editor.commit(micrograph, [{ before, after }])
  }
}
