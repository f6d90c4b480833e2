import type { Polygon } from '../../geometry/polygon'
import { toScreen, type View } from '../../geometry/view'
import { WASH } from '../colours'
import { stroke, strokeThin } from '../shapes'
import type { Scene } from './scene'

export function addPolygon(path: Path2D, polygon: Polygon, view: View): void {
  polygon.forEach((corner, i) => {
    const { x, y } = toScreen(view, corner)
    if (i === 0) path.moveTo(x, y)
    else path.lineTo(x, y)
  })
}

/** Regions of contamination: hatched, so that they differ from everything else without colour. */
export function drawRegions(context: CanvasRenderingContext2D, { view, marks }: Scene): number {
  if (marks.regions.length === 0) return 0
  const path = new Path2D()
  for (const region of marks.regions) {
    addPolygon(path, region.polygon, view)
    path.closePath()
  }
  context.save()
  context.clip(path, 'evenodd')
  context.fillStyle = WASH.region
  context.fillRect(0, 0, view.width, view.height)
  strokeThin(context, hatching(view), 'contamination')
  context.restore()
  stroke(context, path, 'contamination')
  return marks.regions.length
}

/** Slanted lines fixed to the image, so that they do not swim while panning. */
function hatching({ left, top, width, height }: View): Path2D {
  const gap = 14
  const path = new Path2D()
  const phase = (((left + top) % gap) + gap) % gap
  for (let at = phase - gap; at < width + height; at += gap) {
    path.moveTo(at, 0)
    path.lineTo(at - height, height)
  }
  return path
}
