import type { Point } from '../../geometry/point'
import { toScreen, type View } from '../../geometry/view'
import { COLOURS, HALO } from '../colours'
import { addCross, addOutline } from '../shapes'

/** What a restoration would bring back, ringed, and what it would take away, crossed out. `r`: CSS pixels. */
export function drawRestoration(
  context: CanvasRenderingContext2D,
  view: View,
  { back, gone }: { readonly back: readonly Point[]; readonly gone: readonly Point[] },
  r: number,
): void {
  const [rings, crosses] = [new Path2D(), new Path2D()]
  for (const place of back) {
    const { x, y } = toScreen(view, place)
    addOutline(rings, x, y, Math.max(8, r) + 4, 'circle')
  }
  for (const place of gone) {
    const { x, y } = toScreen(view, place)
    addCross(crosses, x, y, Math.max(6, 0.7 * r))
  }
  for (const [path, colour] of [
    [rings, COLOURS.accept],
    [crosses, COLOURS.contamination],
  ] as const) {
    context.strokeStyle = HALO
    context.lineWidth = 4
    context.stroke(path)
    context.strokeStyle = colour
    context.lineWidth = 2
    context.stroke(path)
  }
}
