import { visible } from '../../geometry/view'
import { targetPlace } from '../../model/marks/hit'
import { addOutline, stroke, strokeThin } from '../shapes'
import { addPolygon } from './regions'
import type { Scene } from './scene'

/** More selected than this on screen are drawn without halo. */
const CROWD = 500

/** Four corners around one thing that is selected; around each of many a ring, since corners would meet. */
export function drawSelection(context: CanvasRenderingContext2D, scene: Scene): void {
  const { view, diameter, shape, selected } = scene
  if (selected.length === 0) return
  const path = new Path2D()
  const half = Math.max(9, (diameter / 2) * view.scale + 5)
  const window = visible(view, half / view.scale)
  let count = 0
  for (const target of selected) {
    const { x, y } = targetPlace(target)
    if (target.type === 'region') {
      addPolygon(path, target.mark.polygon, view)
      path.closePath()
    } else if (x > window.left && x < window.right && y > window.top && y < window.bottom) {
      const [column, row] = [x * view.scale + view.left, y * view.scale + view.top]
      if (selected.length === 1) addCorners(path, column, row, half)
      else addOutline(path, column, row, half - 2, shape)
      count++
    }
  }
  if (count > CROWD) strokeThin(context, path, 'plain')
  else stroke(context, path, 'plain')
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
