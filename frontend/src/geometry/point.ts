/** A place on a micrograph: full-resolution array indices, x = column, y = row, pixel centres on integers. */
export interface Point {
  readonly x: number
  readonly y: number
}

export function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y)
}

export function insideImage(point: Point, width: number, height: number): boolean {
  return point.x >= -0.5 && point.y >= -0.5 && point.x <= width - 0.5 && point.y <= height - 0.5
}

export function clampToImage(point: Point, width: number, height: number): Point {
  return {
    x: Math.min(Math.max(point.x, 0), width - 1),
    y: Math.min(Math.max(point.y, 0), height - 1),
  }
}
