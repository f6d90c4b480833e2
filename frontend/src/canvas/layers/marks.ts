import { visible } from '../../geometry/view'
import { placeOf } from '../../model/hit'
import type { Glyph } from '../glyphs'
import { painterFor } from '../painter'
import type { StampPad } from '../stamps'
import type { Scene } from './scene'

/** All labels, picks and verdicts in sight; says how many those are. Labels lie over picks. */
export function drawMarks(
  context: CanvasRenderingContext2D,
  scene: Scene,
  pad: StampPad,
  ratio: number,
): number {
  const { view, diameter, shape } = scene
  const { scale, left, top } = view
  let count = 0
  eachInSight(scene, () => {
    count++
  })
  const painter = painterFor(context, pad, { r: (diameter / 2) * scale, shape, ratio }, count)
  eachInSight(scene, (glyph, x, y) => painter.mark(glyph, x * scale + left, y * scale + top))
  painter.finish()
  return count
}

function eachInSight(
  { view, marks, picks, diameter }: Scene,
  visit: (g: Glyph, x: number, y: number) => void,
): void {
  const window = visible(view, diameter / 2)
  const offer = (glyph: Glyph, x: number, y: number): void => {
    const outside = x < window.left || x > window.right || y < window.top || y > window.bottom
    if (!outside) visit(glyph, x, y)
  }
  for (const { x, y, source } of picks) {
    if (source !== 'label') offer(source === 'network' ? 'pick' : 'accept', x, y)
  }
  for (const verdict of marks.verdicts) {
    const { x, y } = placeOf(verdict)
    if (verdict.kind === 'reject') offer('reject', x, y)
  }
  for (const { kind, x, y } of marks.labels) offer(kind, x, y)
}
