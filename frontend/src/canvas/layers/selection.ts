import { targetPlace } from '../../model/hit'
import { stroke } from '../shapes'
import { addPolygon } from './regions'
import type { Scene } from './scene'

/** Four corners around what is selected. */
export function drawSelection(context: CanvasRenderingContext2D, scene: Scene): void {
  const { view, diameter, selected } = scene
  if (!selected) return
  const path = new Path2D()
  if (selected.type === 'region') {
    addPolygon(path, selected.mark.polygon, view)
    path.closePath()
  } else {
    const { x, y } = targetPlace(selected)
    const half = Math.max(9, (diameter / 2) * view.scale + 5)
    addCorners(path, x * view.scale + view.left, y * view.scale + view.top, half)
  }
  stroke(context, path, 'plain')
}

function addCorners(path: Path2D, x: number, y: number, half: number): void {
  const leg = half * 0.4
  for (const [sx, sy] of [
    [-1, -1],
    [1, -1],
    [1, 1],
    [-1, 1],
  ] as const) {
    path.moveTo(x + sx * half, y + sy * (half - leg))
    path.lineTo(x + sx * half, y + sy * half)
    path.lineTo(x + sx * (half - leg), y + sy * half)
  }
}
