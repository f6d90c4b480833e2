import { computed, effect, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import { ApiError } from '../api/client'
import { getDifference, postRestoration, type RestoreScope } from '../api/history'
import { restoredInWords } from '../model/history/words'
import type { Mark } from '../model/marks/mark'
import { sameMark } from '../model/marks/operation'
import type { ProjectState } from '../model/project'
import type { History, RestoreStep } from '../model/undo/history'
import type { Difference, Restored } from '../wire'
import type { Say } from './say'
import type { Shown } from './travel'

/** What restorations need of the desk. */
export interface RestorationsHost {
  readonly id: number
  readonly state: ProjectState
  readonly editor: { readonly history: History }
  readonly current: ReadonlySignal<number | null>
  readonly travel: {
    readonly at: ReadonlySignal<number | null>
    readonly shown: ReadonlySignal<Shown | null>
    leave(): void
  }
  readonly undo: { back(step: RestoreStep): Promise<void> }
  readonly say: Say
}

/** What a restoration would do on the open micrograph. */
export interface Preview {
  readonly back: readonly Mark[]
  readonly gone: readonly Mark[]
}

/** Brings marks back from the moment that one looks at: all, of one micrograph, of one person. */
export class Restorations {
  /** Which marks are about to be restored; null while nobody asks for that. */
  readonly scope: Signal<RestoreScope | null> = signal(null)
  /** What that would change in all; null until it is known. */
  readonly would = signal<Difference | null>(null)
  readonly busy = signal(false)
  /** The same on the open micrograph, which the canvas shows. */
  readonly preview = computed<Preview | null>(() => {
    const [scope, shown] = [this.scope.value, this.host.travel.shown.value]
    if (!scope || !shown || (scope.micrograph !== null && scope.micrograph !== shown.micrograph)) return null
    const theirs = ({ author }: Mark): boolean => scope.person === null || author === scope.person
    const then = Object.values(shown.marks).flat().filter(theirs)
    const now = Object.values(this.host.state.marks.of(shown.micrograph)).flat().filter(theirs)
    const there = new Set(then.map(({ id }) => id))
    return {
      back: then.filter(mark => !sameMark(this.host.state.marks.get(mark.id), mark)),
      gone: now.filter(({ id }) => !there.has(id)),
    }
  })

  constructor(readonly host: RestorationsHost) {}

  /** Returns a function that ends it. */
  start(): () => void {
    return effect(() => {
      const [scope, at, here] = [this.scope.value, this.host.travel.at.value, this.host.current.value]
      this.would.value = null
      if (at === null) this.scope.value = null
      else if (scope && scope.micrograph !== null && here !== null && scope.micrograph !== here)
        this.scope.value = { ...scope, micrograph: here } // “this micrograph” is the open one
      else if (scope) void this.#look(at, scope)
    })
  }

  /** Asks what it would change: of the open micrograph at first, of oneself where one may do no more. */
  ask(): void {
    const { state, current } = this.host
    const person = state.mayManage.peek() ? null : (state.you.peek()?.id ?? null)
    this.scope.value = { micrograph: current.peek(), person }
  }

  async restore(): Promise<void> {
    const [scope, at] = [this.scope.peek(), this.host.travel.at.peek()]
    if (!scope || at === null || this.busy.peek()) return
    this.busy.value = true
    try {
      const done = await postRestoration(this.host.id, crypto.randomUUID(), { at, ...scope })
      const step: RestoreStep = {
        type: 'restore',
        micrograph: scope.micrograph,
        sequence: done.sequence,
        gesture: null,
      }
      this.host.editor.history.add(step)
      this.host.travel.leave()
      this.host.say(`Restored an earlier state: ${restoredInWords({ ...done })}.`, 'info', {
        label: 'Undo',
        run: () => void this.host.undo.back(step),
      })
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      this.host.say(`Could not restore: ${error.message}`, 'error')
    } finally {
      this.busy.value = false
    }
  }

  /** Takes a restoration back; done again, that is taken back in turn. Raises ApiError. */
  async replay(step: RestoreStep): Promise<Restored> {
    const done = await postRestoration(this.host.id, crypto.randomUUID(), { undoes: step.sequence })
    step.sequence = done.sequence
    return done
  }

  async #look(at: number, scope: RestoreScope): Promise<void> {
    try {
      const would = await getDifference(this.host.id, at, scope)
      if (scope === this.scope.peek() && at === this.host.travel.at.peek()) this.would.value = would
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      this.host.say(`Could not compare with that moment: ${error.message}`, 'error')
    }
  }
}
