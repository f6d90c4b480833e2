import { visible } from '../../geometry/view'
import type { ComparedPlaces } from '../../wire'
import { COMPARED, HALO } from '../colours'
import { addOutline } from '../shapes'
import type { Scene } from './scene'

/** Rings round what both sets have, and what only one of them has. Says how many are in sight. */
export function drawCompared(
  context: CanvasRenderingContext2D,
  scene: Scene,
  places: ComparedPlaces,
): number {
  const { view, diameter, shape } = scene
  const { left, top, right, bottom } = visible(view, diameter / 2)
  const r = (diameter / 2) * view.scale
  let seen = 0
  context.save()
  for (const key of ['matched', 'only_first', 'only_second'] as const) {
    const path = new Path2D()
    for (const [x, y] of places[key]) {
      if (x < left || x > right || y < top || y > bottom) continue
      addOutline(path, x * view.scale + view.left, y * view.scale + view.top, r, shape)
      seen++
    }
    const { colour, dash } = COMPARED[key]
    context.setLineDash([...dash])
    for (const [style, width] of [
      [HALO, 4.5],
      [colour, 2.5],
    ] as const) {
      context.strokeStyle = style
      context.lineWidth = width
      context.stroke(path)
    }
  }
  context.restore()
  return seen
}
