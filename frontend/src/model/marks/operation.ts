import type { Operation } from '../../wire'
import { isPut, LAST, type Mark, markPut, putOperation } from './mark'

/** What a gesture does to one mark; null is absence. */
export interface Change {
  readonly before: Mark | null
  readonly after: Mark | null
}

/** The mark as it is after a change, or was before it went. */
export function markOf(change: Change): Mark | null {
  return change.after ?? change.before
}

export function deleteOperation(mark: Mark, operation: string): Operation {
  return { operation, type: `${mark.type}.delete`, id: mark.id }
}

/** The mark as it stands after an operation of a person that has not been answered yet. */
export function applyOperation(mark: Mark | null, change: Operation, person: number | null): Mark | null {
  const author = mark?.author ?? person
  return isPut(change)
    ? markPut(change, { author, changedBy: person === author ? null : person }, LAST)
    : null
}

/** Whether two states of a mark look the same to people; whose it is and time are ignored. */
export function sameMark(a: Mark | null, b: Mark | null): boolean {
  if (a === null || b === null) return a === b
  return JSON.stringify(putOperation(a, '')) === JSON.stringify(putOperation(b, ''))
}
