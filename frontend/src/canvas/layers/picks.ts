import { visible } from '../../geometry/view'
import { addOutline, addTick, stroke } from '../shapes'
import type { Layer } from './scene'

/** With more picks than this on screen the dark halo goes: it would only blur the crowd. */
const CROWD = 3000

/** What the networks propose (plain outline) and what people accepted or moved (outline with a tick). */
export const drawPicks: Layer = (context, { view, picks, diameter, shape }) => {
  const { scale, left, top } = view
  const window = visible(view, diameter / 2)
  const r = (diameter / 2) * scale
  const proposed = new Path2D()
  const accepted = new Path2D()
  let drawn = 0
  let kept = 0
  for (const { x, y, source } of picks) {
    if (source === 'label' || x < window.left || x > window.right || y < window.top || y > window.bottom) {
      continue
    }
    const sx = x * scale + left
    const sy = y * scale + top
    drawn++
    if (source === 'network') addOutline(proposed, sx, sy, r, shape)
    else {
      kept++
      addOutline(accepted, sx, sy, r, shape)
      addTick(accepted, sx, sy, r)
    }
  }
  stroke(context, proposed, 'pick', drawn - kept < CROWD)
  if (kept > 0) stroke(context, accepted, 'accept')
  return drawn
}
