import type { Point } from '../geometry/point'
import type { LabelKind, Mark, VerdictKind } from './types'

type Corner = [x: number, y: number]

/** One change asked of the server; `operation` makes sending it twice harmless. */
export type Operation = { operation: string; id: string } & (
  | { type: 'label.put'; micrograph: number; kind: LabelKind; x: number; y: number }
  | { type: 'region.put'; micrograph: number; polygon: Corner[] }
  | {
      type: 'verdict.put'
      micrograph: number
      kind: VerdictKind
      x: number
      y: number
      to_x?: number
      to_y?: number
    }
  | { type: 'label.delete' | 'region.delete' | 'verdict.delete' }
)

/** What a gesture does to one mark; null is absence. */
export interface Change {
  readonly before: Mark | null
  readonly after: Mark | null
}

/** The mark as it is after a change, or was before it went. */
export function markOf(change: Change): Mark | null {
  return change.after ?? change.before
}

export function putOperation(mark: Mark, operation: string): Operation {
  const { id, micrograph } = mark
  if (mark.type === 'label') {
    return { operation, type: 'label.put', id, micrograph, kind: mark.kind, x: mark.x, y: mark.y }
  }
  if (mark.type === 'region') {
    return { operation, type: 'region.put', id, micrograph, polygon: mark.polygon.map(p => [p.x, p.y]) }
  }
  const target = mark.to ? { to_x: mark.to.x, to_y: mark.to.y } : {}
  return { operation, type: 'verdict.put', id, micrograph, kind: mark.kind, x: mark.x, y: mark.y, ...target }
}

export function deleteOperation(mark: Mark, operation: string): Operation {
  return { operation, type: `${mark.type}.delete`, id: mark.id }
}

/** The mark as it stands after an operation that has not been answered yet. */
export function applyOperation(mark: Mark | null, change: Operation, author: number | null): Mark | null {
  const createdAt = mark?.createdAt ?? ''
  const owner = mark?.author ?? author
  switch (change.type) {
    case 'label.put': {
      const { id, micrograph, kind, x, y } = change
      return { type: 'label', id, micrograph, kind, x, y, author: owner, createdAt }
    }
    case 'region.put': {
      const polygon = change.polygon.map(([x, y]) => ({ x, y }))
      return {
        type: 'region',
        id: change.id,
        micrograph: change.micrograph,
        polygon,
        author: owner,
        createdAt,
      }
    }
    case 'verdict.put': {
      const { id, micrograph, kind, x, y } = change
      const to = target(change.to_x, change.to_y)
      return { type: 'verdict', id, micrograph, kind, x, y, to, author: owner, createdAt }
    }
    default:
      return null
  }
}

function target(x: number | undefined, y: number | undefined): Point | null {
  return x === undefined || y === undefined ? null : { x, y }
}

/** Whether two states of a mark look the same to people; author and time are ignored. */
export function sameMark(a: Mark | null, b: Mark | null): boolean {
  if (a === null || b === null) return a === b
  const left: Partial<Operation> = putOperation(a, '')
  return JSON.stringify(left) === JSON.stringify(putOperation(b, ''))
}
