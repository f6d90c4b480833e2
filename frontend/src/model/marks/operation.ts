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

/** The mark as it stands after an operation that has not been answered yet. */
export function applyOperation(mark: Mark | null, change: Operation, author: number | null): Mark | null {
  return isPut(change) ? markPut(change, mark?.author ?? author, LAST) : null
}

/** Whether two states of a mark look the same to people; author and time are ignored. */
export function sameMark(a: Mark | null, b: Mark | null): boolean {
  if (a === null || b === null) return a === b
  return JSON.stringify(putOperation(a, '')) === JSON.stringify(putOperation(b, ''))
}
