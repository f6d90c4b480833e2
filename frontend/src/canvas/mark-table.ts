import type { Point } from '../geometry/point'
import { type View, visible } from '../geometry/view'
import { type Label, type MarksOf, placeOf, type Verdict } from '../model/marks/mark'
import type { FinalPick } from '../model/picks/final'
import type { Colouring, Sign } from './colouring'
import type { Glyph } from './glyphs'

/** Marks as columns of numbers, which a frame walks ten times faster than as objects. */
export interface MarkTable {
  count: number
  readonly x: Float32Array
  readonly y: Float32Array
  /** Places in `signs`. */
  readonly kinds: Uint8Array
  readonly signs: readonly Sign[]
}

export function emptyTable(capacity: number, signs: readonly Sign[]): MarkTable {
  const [x, y] = [new Float32Array(capacity), new Float32Array(capacity)]
  return { count: 0, x, y, kinds: new Uint8Array(capacity), signs }
}

/** All signs of a micrograph, in image pixels; later ones lie over earlier ones, so labels over picks. */
export function tabulate(marks: MarksOf, picks: readonly FinalPick[], colouring: Colouring): MarkTable {
  const table = emptyTable(picks.length + marks.verdicts.length + marks.labels.length, colouring.signs)
  const said = new Map(marks.verdicts.map(verdict => [nameOf(placeOf(verdict)), verdict]))
  const add = (glyph: Glyph, { x, y }: Point, pick: FinalPick | null, mark: Label | Verdict | null): void => {
    const i = table.count++
    table.x[i] = x
    table.y[i] = y
    table.kinds[i] = colouring.signOf(glyph, pick, mark)
  }
  for (const pick of picks) {
    if (pick.source === 'network') add('pick', pick, pick, null)
    else if (pick.source === 'verdict') add('accept', pick, pick, said.get(nameOf(pick)) ?? null)
  }
  for (const verdict of marks.verdicts) {
    if (verdict.kind === 'reject') add('reject', placeOf(verdict), null, verdict)
  }
  for (const label of marks.labels) add(label.kind, label, null, label)
  return table
}

function nameOf({ x, y }: Point): string {
  return `${x},${y}`
}

/** Writes the marks in sight to `seen`, in CSS pixels; `half` is half their diameter in image pixels. */
export function findInSight(table: MarkTable, view: View, half: number, seen: MarkTable): void {
  const { left, top, right, bottom } = visible(view, half)
  let n = 0
  for (let i = 0; i < table.count; i++) {
    const x = table.x[i] as number
    const y = table.y[i] as number
    if (x < left || x > right || y < top || y > bottom) continue
    seen.x[n] = x * view.scale + view.left
    seen.y[n] = y * view.scale + view.top
    seen.kinds[n] = table.kinds[i] as number
    n++
  }
  seen.count = n
}
