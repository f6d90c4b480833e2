import { computed, signal } from '@preact/signals'
import type { Target } from '../model/marks/hit'
import { combine, type How, keyOf } from '../model/marks/selection'
import type { ProjectState } from '../model/project'
import { isProposed, type ShownPick } from '../model/sources/source-pick'

/** What is selected on the open micrograph. It follows its marks and picks, and disappears with them. */
export class Selection {
  readonly targets = signal<readonly Target[]>([])
  /** The target, where there is one alone. */
  readonly only = computed(() => (this.targets.value.length === 1 ? (this.targets.value[0] ?? null) : null))
  #due = false

  constructor(
    readonly state: ProjectState,
    readonly current: () => number | null,
    /** The picks that are shown of a micrograph. */
    readonly shown: (micrograph: number) => readonly ShownPick[] = id => state.finals.of(id),
  ) {}

  set(targets: readonly Target[]): void {
    if (targets.length > 0 || this.targets.peek().length > 0) this.targets.value = targets
  }

  clear(): void {
    this.set([])
  }

  choose(targets: readonly Target[], how: How): void {
    this.set(combine(this.targets.peek(), targets, how))
  }

  /** Something of the micrograph changed: looks at it once, when all of the change is there. */
  follow(): void {
    if (this.#due || this.targets.peek().length === 0) return
    this.#due = true
    queueMicrotask(() => {
      this.#due = false
      this.#refresh()
    })
  }

  #refresh(): void {
    const old = this.targets.peek()
    const shown = this.#shownPicks(old)
    const now = old.flatMap(target => {
      if (target.type === 'pick') return shown.has(keyOf(target)) ? [target] : []
      const mark = this.state.marks.get(target.mark.id)
      return mark ? [mark === target.mark ? target : ({ ...target, mark } as Target)] : []
    })
    if (now.length < old.length || now.some((target, i) => target !== old[i])) this.set(now)
  }

  #shownPicks(targets: readonly Target[]): Set<string> {
    const id = this.current()
    if (id === null || !targets.some(target => target.type === 'pick')) return new Set()
    const picks = this.shown(id).filter(isProposed)
    return new Set(picks.map(pick => keyOf({ type: 'pick', pick })))
  }
}
