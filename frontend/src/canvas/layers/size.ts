import type { Point } from '../../geometry/point'
import { toScreen, type View } from '../../geometry/view'
import { addOutline, type Shape, stroke } from '../shapes'

/** Outlines of one diameter, in image pixels, that show how large it is. */
export function drawSize(
  context: CanvasRenderingContext2D,
  view: View,
  places: readonly Point[],
  diameter: number,
  shape: Shape,
): void {
  const path = new Path2D()
  for (const place of places) {
    const { x, y } = toScreen(view, place)
    addOutline(path, x, y, (diameter / 2) * view.scale, shape)
  }
  stroke(context, path, 'plain')
}
