import { type View, visible } from '../geometry/view'
import type { FinalPick } from '../model/final'
import { placeOf } from '../model/hit'
import type { MarksOf } from '../model/marks'
import { GLYPHS, type Glyph } from './glyphs'

/** Marks as columns of numbers, which a frame walks ten times faster than as objects. */
export interface MarkTable {
  count: number
  readonly x: Float32Array
  readonly y: Float32Array
  /** Places in `GLYPHS`. */
  readonly glyphs: Uint8Array
}

export function emptyTable(capacity: number): MarkTable {
  const [x, y] = [new Float32Array(capacity), new Float32Array(capacity)]
  return { count: 0, x, y, glyphs: new Uint8Array(capacity) }
}

/** All signs of a micrograph, in image pixels; later ones lie over earlier ones, so labels over picks. */
export function tabulate(marks: MarksOf, picks: readonly FinalPick[]): MarkTable {
  const table = emptyTable(picks.length + marks.verdicts.length + marks.labels.length)
  const add = (glyph: Glyph, x: number, y: number): void => {
    const i = table.count++
    table.x[i] = x
    table.y[i] = y
    table.glyphs[i] = GLYPHS.indexOf(glyph)
  }
  for (const { x, y, source } of picks) {
    if (source !== 'label') add(source === 'network' ? 'pick' : 'accept', x, y)
  }
  for (const verdict of marks.verdicts) {
    const { x, y } = placeOf(verdict)
    if (verdict.kind === 'reject') add('reject', x, y)
  }
  for (const { kind, x, y } of marks.labels) add(kind, x, y)
  return table
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
    seen.glyphs[n] = table.glyphs[i] as number
    n++
  }
  seen.count = n
}
