import type { Point } from '../../geometry/point'
import { toScreen, type View } from '../../geometry/view'
import { addOutline, type Shape, stroke } from '../shapes'

/** Rings around places that ask to be looked at; `age` goes from 0 to 1, over which they close in and fade. */
export function drawFlash(
  context: CanvasRenderingContext2D,
  view: View,
  places: readonly Point[],
  r: number,
  shape: Shape,
  age: number,
): void {
  const path = new Path2D()
  for (const place of places) {
    const { x, y } = toScreen(view, place)
    addOutline(path, x, y, Math.max(10, r) * (1.1 + 0.7 * (1 - age) ** 2), shape)
  }
  context.globalAlpha = 1 - age ** 3
  stroke(context, path, 'plain')
  context.globalAlpha = 1
}
