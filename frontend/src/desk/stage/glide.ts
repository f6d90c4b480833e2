import type { Point } from '../../geometry/point'
import type { Visible } from '../../geometry/view'
import type { SeenBy } from '../../model/presence/views'

/** What is shown comes nearer to what is so by a factor of e in this time, ms. */
const EASE = 55

/** Nearer than this, CSS pixels, it is there. */
const THERE = 0.4

/** A pointer and an outline as they are drawn, between two messages of their person. Image pixels. */
export interface Shown {
  readonly at: Point | null
  readonly view: Readonly<Visible>
}

/** The next step on the way to what somebody sees, after `elapsed` ms at a scale, and whether it is the last. */
export function glide(
  from: Shown | null,
  to: SeenBy,
  elapsed: number,
  scale: number,
): { shown: Shown; there: boolean } {
  const part = 1 - Math.exp(-elapsed / EASE)
  let there = true
  const step = (a: number, b: number): number => {
    if (Math.abs(b - a) * scale < THERE) return b
    there = false
    return a + (b - a) * part
  }
  if (!from) return { shown: to, there }
  const [old, view] = [from.view, to.view]
  const at = to.at && (from.at ? { x: step(from.at.x, to.at.x), y: step(from.at.y, to.at.y) } : to.at)
  const seen = {
    left: step(old.left, view.left),
    top: step(old.top, view.top),
    right: step(old.right, view.right),
    bottom: step(old.bottom, view.bottom),
  }
  return { shown: { at, view: seen }, there }
}
