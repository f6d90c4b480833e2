import type { Point } from '../../geometry/point'
import { bounds, type Polygon } from '../../geometry/polygon'
import type { LabelKind, MarkColumns, Operation, Told, VerdictKind } from '../../wire'

export const LABEL_KINDS: readonly LabelKind[] = ['particle', 'background', 'contamination']

/** The order of marks that the server has not answered yet: after all others. */
export const LAST = Number.MAX_SAFE_INTEGER

interface People {
  readonly author: number | null
  /** Who changed it last, where that was not its author. */
  readonly changedBy: number | null
}

interface Owned extends People {
  readonly id: string
  readonly micrograph: number
  /** Later marks have higher ones: the number of the event that put it, or for one of a snapshot a lower number. */
  readonly order: number
}

export interface Label extends Owned, Point {
  readonly type: 'label'
  readonly kind: LabelKind
}

export interface Region extends Owned {
  readonly type: 'region'
  readonly polygon: Polygon
}

export interface Verdict extends Owned, Point {
  readonly type: 'verdict'
  readonly kind: VerdictKind
  /** Where a move puts the pick; null for accept and reject. */
  readonly to: Point | null
  /** How well the pick fits the class of averages that it was judged with, 0–1; null where it was judged by itself. */
  readonly fit: number | null
}

/** Anything a person puts on a micrograph. */
export type Mark = Label | Region | Verdict

/** The marks of a micrograph, each kind in the order in which they were put last, as the server has them. */
export interface MarksOf {
  readonly labels: Label[]
  readonly regions: Region[]
  readonly verdicts: Verdict[]
}

export function sortOut(marks: Iterable<Mark>): MarksOf {
  const result: MarksOf = { labels: [], regions: [], verdicts: [] }
  for (const mark of marks) {
    if (mark.type === 'label') result.labels.push(mark)
    else if (mark.type === 'region') result.regions.push(mark)
    else result.verdicts.push(mark)
  }
  const lists: readonly Mark[][] = Object.values(result)
  for (const list of lists) list.sort((a, b) => a.order - b.order)
  return result
}

/** Where a verdict's sign is drawn: at the target of a move, else where it was given. */
export function placeOf(verdict: Verdict): Point {
  return verdict.to ?? verdict
}

/** The middle of what is drawn of a mark. */
export function middleOf(mark: Mark): Point {
  switch (mark.type) {
    case 'label':
      return mark
    case 'verdict':
      return placeOf(mark)
    case 'region': {
      const { left, top, right, bottom } = bounds(mark.polygon)
      return { x: (left + right) / 2, y: (top + bottom) / 2 }
    }
  }
}

type Puts<T> = Extract<T, { readonly type: `${string}.put` }>
type PutEvent = Puts<Told['event']>
type PutOperation = Puts<Operation>

/** Whether an event or an operation puts a mark. */
export function isPut<T extends { readonly type: string }>(change: T): change is Puts<T> {
  return change.type.endsWith('.put')
}

type Deletion = Extract<Told['event'], { type: `${Mark['type']}.deleted` }>

/** Whether an event deletes a mark. */
export function isDeletion(event: Told['event']): event is Deletion {
  return /^(label|region|verdict)\.deleted$/.test(event.type)
}

/** The mark that is put. */
export function markPut(put: PutEvent | PutOperation, of: People, order: number): Mark {
  const { id, micrograph } = put
  const owned = { id, micrograph, author: of.author, changedBy: of.changedBy, order }
  switch (put.type) {
    case 'label.put':
      return { type: 'label', ...owned, kind: put.kind, x: put.x, y: put.y }
    case 'region.put':
      return { type: 'region', ...owned, polygon: put.polygon.map(([x, y]) => ({ x, y })) }
    case 'verdict.put': {
      const { kind, x, y, to_x, to_y, fit = null } = put
      const to = to_x == null || to_y == null ? null : { x: to_x, y: to_y }
      return { type: 'verdict', ...owned, kind, x, y, to, fit }
    }
  }
}

/** The mark that an event puts, by its number. */
export function eventMark(put: PutEvent, order: number): Mark {
  // Events from before there was `changed_by` do not have it.
  return markPut(put, { author: put.author, changedBy: put.changed_by ?? null }, order)
}

export function putOperation(mark: Mark, operation: string): PutOperation {
  const { id, micrograph } = mark
  const named = { operation, id, micrograph }
  switch (mark.type) {
    case 'label':
      return { type: 'label.put', ...named, kind: mark.kind, x: mark.x, y: mark.y }
    case 'region':
      return { type: 'region.put', ...named, polygon: mark.polygon.map(({ x, y }) => [x, y]) }
    case 'verdict': {
      const { kind, x, y, to, fit } = mark
      const moved = to && { to_x: to.x, to_y: to.y }
      return { type: 'verdict.put', ...named, kind, x, y, ...moved, ...(fit !== null && { fit }) }
    }
  }
}

/**
 * The marks of a snapshot, or of a micrograph that is revealed or restored, as of an event. Their columns are in order:
 * as each was put by an event of its own, there is a number for each up to that of the last.
 */
export function marksOf({ labels, regions, verdicts }: MarkColumns, sequence: number): Mark[] {
  const kinds: readonly (readonly PutEvent[])[] = [
    rows('label.put', labels),
    rows('region.put', regions),
    rows('verdict.put', verdicts),
  ]
  return kinds.flatMap(puts => puts.map((put, i) => eventMark(put, sequence - puts.length + 1 + i)))
}

type Columns<T> = { readonly [Name in keyof T]: readonly T[Name][] }

/** Rows of a type, from columns of equal lengths. */
function rows<Type extends string, T extends { readonly id: string }>(
  type: Type,
  columns: Columns<T>,
): (T & { readonly type: Type })[] {
  const names = Object.keys(columns) as (keyof T)[]
  return columns.id.map((_, i) => {
    const row: Record<PropertyKey, unknown> = { type }
    for (const name of names) row[name] = columns[name][i]
    return row as T & { readonly type: Type }
  })
}
