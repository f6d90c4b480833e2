import polygonClipping, { type Ring } from 'polygon-clipping'
import { distance, type Point } from './point'
import type { Polygon } from './polygon'

/** Corners are snapped to this part of a pixel before cutting: on such numbers the arithmetic is exact. */
const GRAIN = 16

/**
 * What is left of a polygon when another is cut out of it: none, one or more polygons. A hole is joined to the
 * outline by a slit of no width, so that each stays one line of corners, read by the even-odd rule.
 */
export function subtract(polygon: Polygon, cutter: Polygon): Point[][] {
  const left = polygonClipping.difference([ringOf(polygon)], [ringOf(cutter)])
  return left.map(([outline, ...holes]) => holes.map(pointsOf).reduce(join, pointsOf(outline ?? [])))
}

function ringOf(polygon: Polygon): Ring {
  const snap = (value: number): number => Math.round(value * GRAIN) / GRAIN
  return polygon.map(({ x, y }) => [snap(x), snap(y)])
}

/** The library repeats the first corner at the end. */
function pointsOf(ring: Ring): Point[] {
  return ring.slice(0, -1).map(([x, y]) => ({ x, y }))
}

/** Goes along the outline to the corner next to the hole, round the hole, and back. */
function join(outline: Point[], hole: Point[]): Point[] {
  let best = { from: 0, to: 0, away: Infinity }
  outline.forEach((a, from) => {
    hole.forEach((b, to) => {
      const away = distance(a, b)
      if (away < best.away) best = { from, to, away }
    })
  })
  const round = [...hole.slice(best.to), ...hole.slice(0, best.to + 1)]
  return [...outline.slice(0, best.from + 1), ...round, ...outline.slice(best.from)]
}
