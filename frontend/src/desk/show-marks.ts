import type { ReadonlySignal } from '@preact/signals'
import type { Point } from '../geometry/point'
import { type Mark, middleOf } from '../model/marks/mark'

export interface Shower {
  readonly current: ReadonlySignal<number | null>
  open(micrograph: number): void
  flash(places: readonly Point[]): void
}

/** Goes where marks are, or were, and flashes the places: on the open micrograph, if there are any. */
export function showMarks(host: Shower, marks: readonly Mark[]): void {
  const open = host.current.peek()
  const micrograph = marks.some(mark => mark.micrograph === open) ? open : (marks[0]?.micrograph ?? null)
  if (micrograph === null) return
  host.open(micrograph)
  host.flash(marks.filter(mark => mark.micrograph === micrograph).map(middleOf))
}
