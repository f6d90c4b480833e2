import { toScreen, type View, visible } from '../../geometry/view'
import type { ExportedPoints } from '../../wire'
import { HALO, READ_BACK } from '../colours'
import { addCross, addOutline } from '../shapes'

/** What the file of an export says: a cross at each place, and its box where the format has boxes. */
export function drawReadBack(
  context: CanvasRenderingContext2D,
  view: View,
  { points, box }: ExportedPoints,
): void {
  const half = box === null ? 0 : box / 2
  const { left, top, right, bottom } = visible(view, half)
  const path = new Path2D()
  for (const [x, y] of points) {
    if (x < left || x > right || y < top || y > bottom) continue
    const at = toScreen(view, { x, y })
    addCross(path, at.x, at.y, 5)
    if (half > 0) addOutline(path, at.x, at.y, half * view.scale, 'box')
  }
  context.strokeStyle = HALO
  context.lineWidth = 4
  context.stroke(path)
  context.strokeStyle = READ_BACK
  context.lineWidth = 2
  context.stroke(path)
}
