import type { Micrograph } from '../wire'
import type { Desk } from './desk'

type Place = Pick<Desk, 'state' | 'current' | 'counts'>

/** The micrograph `step` places further down the list than the open one. */
export function further(desk: Place, step: number): Micrograph | undefined {
  const rows = desk.state.micrographs.peek()
  return rows[placeOf(desk) + step]
}

/** The next micrograph without labels, whether its picks were judged or not, from the open one on, round the end. */
export function nextUnlabelled(desk: Place): Micrograph | undefined {
  const rows = desk.state.micrographs.peek()
  const place = placeOf(desk)
  const order = [...rows.slice(place + 1), ...rows.slice(0, Math.max(place, 0))]
  return order.find(row => !row.excluded && !desk.counts.of(row.id).labelled)
}

function placeOf(desk: Place): number {
  const open = desk.current.peek()
  return desk.state.micrographs.peek().findIndex(row => row.id === open)
}
