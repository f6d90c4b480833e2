import type { Point } from '../../geometry/point'
import { toScreen, type View } from '../../geometry/view'
import { COLOURS, HALO } from '../colours'

/** Gap between the particle and the ring around it, in diameters. */
const ROOM = 0.35

/** A dashed ring round the place to label, wider than any mark, with four strokes that lead the eye to it. */
export function drawSuggestion(
  context: CanvasRenderingContext2D,
  view: View,
  at: Point,
  diameter: number,
): void {
  const { x, y } = toScreen(view, at)
  const r = Math.max(16, (0.5 + ROOM) * diameter * view.scale)
  const ring = new Path2D()
  ring.arc(x, y, r, 0, 2 * Math.PI)
  const leads = new Path2D()
  for (const [dx, dy] of [
    [1, 0],
    [0, 1],
    [-1, 0],
    [0, -1],
  ] as const) {
    leads.moveTo(x + dx * (r + 4), y + dy * (r + 4))
    leads.lineTo(x + dx * (r + 16), y + dy * (r + 16))
  }
  context.save()
  for (const [colour, width] of [
    [HALO, 4],
    [COLOURS.plain, 2],
  ] as const) {
    context.strokeStyle = colour
    context.lineWidth = width
    context.setLineDash([8, 6])
    context.stroke(ring)
    context.setLineDash([])
    context.stroke(leads)
  }
  context.restore()
}
