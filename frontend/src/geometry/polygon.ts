import { distance, type Point } from './point'

export type Polygon = readonly Point[]

/** Even-odd rule; a point exactly on an edge may fall on either side. Same arithmetic as the server's. */
export function contains(polygon: Polygon, x: number, y: number): boolean {
  let inside = false
  for (let i = 0; i < polygon.length; i++) {
    const a = polygon[i] as Point
    const b = polygon[(i + 1) % polygon.length] as Point
    if (a.y > y !== b.y > y && x < ((b.x - a.x) * (y - a.y)) / (b.y - a.y) + a.x) inside = !inside
  }
  return inside
}

export interface Bounds {
  left: number
  top: number
  right: number
  bottom: number
}

export function bounds(polygon: Polygon): Bounds {
  const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity }
  for (const { x, y } of polygon) {
    box.left = Math.min(box.left, x)
    box.right = Math.max(box.right, x)
    box.top = Math.min(box.top, y)
    box.bottom = Math.max(box.bottom, y)
  }
  return box
}

/** Area by the shoelace formula, in square pixels, never negative. */
export function area(polygon: Polygon): number {
  let twice = 0
  let previous = polygon[polygon.length - 1]
  for (const corner of polygon) {
    if (previous) twice += previous.x * corner.y - corner.x * previous.y
    previous = corner
  }
  return Math.abs(twice) / 2
}

export function distanceToSegment(point: Point, a: Point, b: Point): number {
  const dx = b.x - a.x
  const dy = b.y - a.y
  const length = dx * dx + dy * dy
  if (length === 0) return distance(point, a)
  const along = Math.min(1, Math.max(0, ((point.x - a.x) * dx + (point.y - a.y) * dy) / length))
  return Math.hypot(point.x - a.x - along * dx, point.y - a.y - along * dy)
}

export function distanceToOutline(polygon: Polygon, point: Point): number {
  let nearest = Infinity
  let previous = polygon[polygon.length - 1]
  for (const corner of polygon) {
    if (previous) nearest = Math.min(nearest, distanceToSegment(point, previous, corner))
    previous = corner
  }
  return nearest
}

/** Ramer–Douglas–Peucker on an open line: no dropped point lies farther than `tolerance` from what is left. */
export function simplify(line: Polygon, tolerance: number): Point[] {
  const first = line[0]
  const last = line[line.length - 1]
  if (!first || !last || line.length < 3) return [...line]
  let worst = 0
  let split = 0
  for (let i = 1; i < line.length - 1; i++) {
    const off = distanceToSegment(line[i] as Point, first, last)
    if (off > worst) {
      worst = off
      split = i
    }
  }
  if (worst <= tolerance) return [first, last]
  const head = simplify(line.slice(0, split + 1), tolerance)
  return [...head.slice(0, -1), ...simplify(line.slice(split), tolerance)]
}

/** Simplifies until the line has at most `most` points, starting from `tolerance`. */
export function simplifyTo(line: Polygon, tolerance: number, most: number): Point[] {
  let result = simplify(line, tolerance)
  for (let step = tolerance * 2; result.length > most; step *= 2) result = simplify(line, step)
  return result
}
