import type { Point } from '../../geometry/point'
import { toScreen, type View } from '../../geometry/view'
import type { Handles, Preview } from '../../tools/tool'
import { COLOURS, WASH } from '../colours'
import { addOutline, type Shape, stroke } from '../shapes'
import { addPolygon } from './regions'

/** What a gesture is about to do: a ghost of the mark, a tail from where it came, the outline so far. */
export function drawPreview(
  context: CanvasRenderingContext2D,
  view: View,
  preview: Preview,
  diameter: number,
  shape: Shape,
): void {
  if (preview.line) {
    const path = new Path2D()
    addPolygon(path, preview.line, view)
    if (preview.cut) context.setLineDash([5, 4])
    stroke(context, path, preview.cut ? 'plain' : 'contamination')
    context.setLineDash([])
    if (preview.corners) drawHandles(context, view, { corners: preview.corners, held: null })
  }
  if (preview.brush) drawBrush(context, view, preview.brush)
  if (preview.area) drawArea(context, view, preview.area)
  if (!preview.ring) return
  const at = toScreen(view, preview.ring.at)
  const path = new Path2D()
  addOutline(path, at.x, at.y, Math.max(3, (diameter / 2) * view.scale), shape)
  addPlus(path, at)
  if (preview.from) {
    const from = toScreen(view, preview.from)
    path.moveTo(from.x, from.y)
    path.lineTo(at.x, at.y)
  }
  context.globalAlpha = 0.85
  stroke(context, path, preview.ring.style)
  context.globalAlpha = 1
}

/** Small squares on the corners of a polygon, the one held filled. */
export function drawHandles(context: CanvasRenderingContext2D, view: View, { corners, held }: Handles): void {
  const path = new Path2D()
  const filled = new Path2D()
  corners.forEach((corner, i) => {
    const { x, y } = toScreen(view, corner)
    path.rect(x - 4, y - 4, 8, 8)
    if (i === held) filled.rect(x - 4, y - 4, 8, 8)
  })
  context.fillStyle = COLOURS.plain
  stroke(context, path, 'plain')
  context.fill(filled)
}

function drawBrush(
  context: CanvasRenderingContext2D,
  view: View,
  { at, radius }: NonNullable<Preview['brush']>,
): void {
  const { x, y } = toScreen(view, at)
  const path = new Path2D()
  path.arc(x, y, radius * view.scale, 0, 2 * Math.PI)
  context.fillStyle = WASH.brush
  context.fill(path)
  stroke(context, path, 'plain')
}

/** The outline of a selection being drawn: dashed, so that it is not mistaken for a region. */
function drawArea(context: CanvasRenderingContext2D, view: View, outline: readonly Point[]): void {
  const path = new Path2D()
  addPolygon(path, outline, view)
  path.closePath()
  context.fillStyle = WASH.area
  context.fill(path)
  context.setLineDash([5, 4])
  stroke(context, path, 'plain')
  context.setLineDash([])
}

function addPlus(path: Path2D, { x, y }: Point): void {
  path.moveTo(x - 4, y)
  path.lineTo(x + 4, y)
  path.moveTo(x, y - 4)
  path.lineTo(x, y + 4)
}
