import { signal } from '@preact/signals'
import { type Knowledge, listMicrographs, meanScore, type OverviewChoice } from '../model/overview'
import type { Micrograph } from '../model/types'
import type { Desk } from './desk'

/** All micrographs of the project at a glance, in place of the canvas. */
export class Overview {
  readonly open = signal(false)
  readonly choice = signal<OverviewChoice>({ sort: 'name', descending: false, state: 'all', text: '' })
  /** Id of the micrograph that keys act on. */
  readonly at = signal<number | null>(null)
  readonly known: Knowledge

  constructor(readonly desk: Desk) {
    this.known = {
      tally: id => desk.counts.of(id),
      score: id => meanScore(desk.state.finals.of(id)),
    }
  }

  /** Keys act on what is seen: nothing stays selected behind it. */
  toggle(): void {
    this.desk.selection.clear()
    this.at.value = this.desk.current.peek()
    this.open.value = !this.open.peek()
  }

  set(change: Partial<OverviewChoice>): void {
    this.choice.value = { ...this.choice.peek(), ...change }
  }

  /** Follows counts, which follow all else. */
  list(): Micrograph[] {
    this.desk.counts.version.value
    return listMicrographs(this.desk.state.micrographs.value, this.choice.value, this.known)
  }

  show(id: number): void {
    this.open.value = false
    this.desk.open(id)
  }
}
