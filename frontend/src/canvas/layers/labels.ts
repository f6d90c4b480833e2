import { visible } from '../../geometry/view'
import { placeOf } from '../../model/hit'
import { addBackground, addContamination, addCross, addDot, addOutline, stroke } from '../shapes'
import { COLOURS } from '../style'
import type { Layer } from './scene'

/** Labels of people, each kind with its own shape. */
export const drawLabels: Layer = (context, { view, marks, diameter, shape }) => {
  const { scale, left, top } = view
  const window = visible(view, diameter / 2)
  const r = (diameter / 2) * scale
  const paths = { particle: new Path2D(), background: new Path2D(), contamination: new Path2D() }
  const dots = new Path2D()
  let drawn = 0
  for (const { x, y, kind } of marks.labels) {
    if (x < window.left || x > window.right || y < window.top || y > window.bottom) continue
    const sx = x * scale + left
    const sy = y * scale + top
    drawn++
    if (kind === 'background') addBackground(paths.background, sx, sy, r)
    else if (kind === 'contamination') addContamination(paths.contamination, sx, sy, r)
    else {
      addOutline(paths.particle, sx, sy, r, shape)
      addDot(dots, sx, sy, r)
    }
  }
  stroke(context, paths.background, 'background')
  stroke(context, paths.contamination, 'contamination')
  stroke(context, paths.particle, 'particle')
  context.fillStyle = COLOURS.particle
  context.fill(dots)
  return drawn
}

/** Rejected picks: a small cross that tells why nothing is picked there. */
export const drawRejections: Layer = (context, { view, marks, diameter }) => {
  const { scale, left, top } = view
  const window = visible(view, diameter / 2)
  const path = new Path2D()
  let drawn = 0
  for (const verdict of marks.verdicts) {
    if (verdict.kind !== 'reject') continue
    const { x, y } = placeOf(verdict)
    if (x < window.left || x > window.right || y < window.top || y > window.bottom) continue
    addCross(path, x * scale + left, y * scale + top, Math.max(3, Math.min(7, diameter * scale * 0.2)))
    drawn++
  }
  if (drawn > 0) stroke(context, path, 'reject')
  return drawn
}
