import { distance, type Point } from '../../geometry/point'
import { measured } from '../../geometry/scalebar'
import { toScreen, type View } from '../../geometry/view'
import { COLOURS, HALO } from '../colours'
import { stroke } from '../shapes'

/** Half the bars at the ends, CSS pixels. */
const BAR = 6

/** A line with bars at its ends and its length beside its end. */
export function drawRuler(
  context: CanvasRenderingContext2D,
  view: View,
  ruler: { readonly from: Point; readonly to: Point },
  pixelSize: number | null,
): void {
  const from = toScreen(view, ruler.from)
  const to = toScreen(view, ruler.to)
  const length = Math.max(1, distance(from, to))
  const [ox, oy] = [(-(to.y - from.y) / length) * BAR, ((to.x - from.x) / length) * BAR]
  const path = new Path2D()
  path.moveTo(from.x, from.y)
  path.lineTo(to.x, to.y)
  for (const { x, y } of [from, to]) {
    path.moveTo(x - ox, y - oy)
    path.lineTo(x + ox, y + oy)
  }
  stroke(context, path, 'plain')
  drawText(context, measured(distance(ruler.from, ruler.to), pixelSize), to)
}

function drawText(context: CanvasRenderingContext2D, text: string, { x, y }: Point): void {
  context.font = '600 13px system-ui, sans-serif'
  context.lineWidth = 4
  context.lineJoin = 'round'
  context.strokeStyle = HALO
  context.fillStyle = COLOURS.plain
  context.strokeText(text, x + 12, y - 8)
  context.fillText(text, x + 12, y - 8)
}
