import { visible } from '../../geometry/view'
import type { SourcePick } from '../../model/sources/source-pick'
import { HALO } from '../colours'
import { addOutline } from '../shapes'
import type { Scene } from './scene'

/** Rings of sources stand outside those of the networks and of each other, CSS pixels. */
const GAP = 3

/** More of them in sight are drawn thin and undashed: in a crowd dashes would only flicker. */
const CROWD = 2500

/** Rings round the picks of other sources, each in its colour and dash. Says how many are in sight. */
export function drawSources(context: CanvasRenderingContext2D, scene: Scene): number {
  let seen = 0
  scene.others.forEach(({ look, picks }, place) => {
    const path = new Path2D()
    const n = trace(path, picks, scene, GAP * (1 + place))
    if (n === 0) return
    const crowd = n > CROWD
    context.save()
    if (!crowd) {
      context.setLineDash([...look.dash])
      context.strokeStyle = HALO
      context.lineWidth = 4.5
      context.stroke(path)
    }
    context.strokeStyle = look.colour
    context.lineWidth = crowd ? 1 : 2.5
    context.stroke(path)
    context.restore()
    seen += n
  })
  return seen
}

function trace(path: Path2D, picks: readonly SourcePick[], scene: Scene, beyond: number): number {
  const { view, diameter, shape } = scene
  const r = (diameter / 2) * view.scale
  const { left, top, right, bottom } = visible(view, diameter / 2)
  let n = 0
  for (const { x, y } of picks) {
    if (x < left || x > right || y < top || y > bottom) continue
    addOutline(path, x * view.scale + view.left, y * view.scale + view.top, r + beyond, shape)
    n++
  }
  return n
}
