import { drawLines, newLines, trace } from './glyphs'
import type { MarkTable } from './mark-table'
import type { Looks, StampPad } from './stamps'

/** Larger than this, in device pixels from centre to edge, marks are few and drawn as smooth paths. */
const LARGEST_STAMP = 40

/** More marks than this on screen are drawn thin: halos would only blur the crowd. */
const CROWD = 2500

/** Draws the marks in sight, their places in CSS pixels. */
export function paint(
  context: CanvasRenderingContext2D,
  pad: StampPad,
  looks: Omit<Looks, 'thin'>,
  seen: MarkTable,
): void {
  if (looks.r * looks.ratio > LARGEST_STAMP) return paintPaths(context, looks, seen)
  const { width, height } = context.canvas
  pad.begin(width, height, { ...looks, thin: seen.count > CROWD })
  pad.print(seen)
  pad.finish(context)
}

function paintPaths(
  context: CanvasRenderingContext2D,
  { r, shape }: Omit<Looks, 'thin'>,
  seen: MarkTable,
): void {
  const all = seen.signs.map(sign => ({ sign, lines: newLines(), used: false }))
  for (let i = 0; i < seen.count; i++) {
    const each = all[seen.kinds[i] as number] as (typeof all)[number]
    each.used = true
    trace(each.lines, each.sign.glyph, seen.x[i] as number, seen.y[i] as number, r, shape)
  }
  for (const { sign, lines, used } of all) if (used) drawLines(context, lines, sign)
}
