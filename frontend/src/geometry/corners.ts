import { distance, type Point } from './point'
import { distanceToSegment, type Polygon } from './polygon'

/** A polygon, and the one of its corners that is held. */
export interface Grip {
  readonly polygon: Polygon
  readonly corner: number
}

/** The nearest corner within `reach` of a place; else a new corner there, on the edge within reach; else null. */
export function grip(polygon: Polygon, at: Point, reach: number): Grip | null {
  const corner = nearest(polygon, each => distance(each, at), reach)
  if (corner >= 0) return { polygon, corner }
  const next = (i: number): Point => polygon[(i + 1) % polygon.length] as Point
  const edge = nearest(polygon, (each, i) => distanceToSegment(at, each, next(i)), reach)
  if (edge < 0) return null
  return { polygon: [...polygon.slice(0, edge + 1), at, ...polygon.slice(edge + 1)], corner: edge + 1 }
}

export function bend({ polygon, corner }: Grip, to: Point): Polygon {
  return polygon.map((each, i) => (i === corner ? to : each))
}

/** The polygon less one corner; null where a triangle would lose it. */
export function withoutCorner({ polygon, corner }: Grip): Polygon | null {
  return polygon.length > 3 ? polygon.filter((_, i) => i !== corner) : null
}

/** Index of the corner that measures least, if at most `most`; else -1. */
function nearest(polygon: Polygon, measure: (corner: Point, i: number) => number, most: number): number {
  let best = -1
  let least = most
  polygon.forEach((corner, i) => {
    const away = measure(corner, i)
    if (away <= least) {
      least = away
      best = i
    }
  })
  return best
}
