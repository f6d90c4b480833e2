import { computed, type ReadonlySignal, signal } from '@preact/signals'
import type { Counts } from '../model/counts'
import { listMicrographs, type OverviewChoice } from '../model/micrographs/overview'
import type { ProjectState } from '../model/project'

/** What the overview needs of the desk. */
export interface OverviewHost {
  readonly state: ProjectState
  readonly counts: Counts
  readonly current: ReadonlySignal<number | null>
  readonly selection: { clear(): void }
}

/** All micrographs of the project at a glance, in place of the canvas. */
export class Overview {
  readonly open = signal(false)
  readonly choice = signal<OverviewChoice>({ sort: 'name', descending: false, state: 'all', text: '' })
  /** Id of the micrograph that keys act on. */
  readonly at = signal<number | null>(null)
  readonly list = computed(() =>
    listMicrographs(this.host.state.micrographs.value, this.choice.value, this.host.counts),
  )

  constructor(readonly host: OverviewHost) {}

  /** Keys act on what is seen: nothing stays selected behind it. */
  toggle(): void {
    this.host.selection.clear()
    this.at.value = this.host.current.peek()
    this.open.value = !this.open.peek()
  }

  set(change: Partial<OverviewChoice>): void {
    this.choice.value = { ...this.choice.peek(), ...change }
  }
}
