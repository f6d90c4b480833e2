import type { Point } from './point'

/**
 * How a micrograph lies on the screen, in CSS pixels: screen = image * scale + offset.
 * The offset already holds the half pixel between array indices (pixel centres) and image corners.
 */
export interface View {
  readonly scale: number
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

export function toScreen(view: View, point: Point): Point {
  return { x: point.x * view.scale + view.left, y: point.y * view.scale + view.top }
}

export function toImage(view: View, point: Point): Point {
  return { x: (point.x - view.left) / view.scale, y: (point.y - view.top) / view.scale }
}

export interface Visible {
  left: number
  top: number
  right: number
  bottom: number
}

/** The part of the image on screen, widened by `margin` image pixels so that half-hidden marks still draw. */
export function visible(view: View, margin: number): Visible {
  const start = toImage(view, { x: 0, y: 0 })
  const end = toImage(view, { x: view.width, y: view.height })
  return {
    left: start.x - margin,
    top: start.y - margin,
    right: end.x + margin,
    bottom: end.y + margin,
  }
}

/** The view of an image whose corner (not centre of pixel 0) is at `corner`, `scale` screen pixels per pixel. */
export function viewFromCorner(corner: Point, scale: number, width: number, height: number): View {
  return { scale, left: corner.x + scale / 2, top: corner.y + scale / 2, width, height }
}

/** Whether a place of the image is on screen. */
export function inSight(view: View, place: Point): boolean {
  const { x, y } = toScreen(view, place)
  return x >= 0 && y >= 0 && x <= view.width && y <= view.height
}
