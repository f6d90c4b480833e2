import { COLOURS, HALO, type MarkStyle } from './colours'
import { LINE } from './style'

export type Shape = 'circle' | 'box'

/** Smaller than this on screen, CSS pixels, a mark is drawn as a dot: its shape could not be told. */
const DOT = 5

/** Adds the outline of the particle's diameter. `r` is half of it. All in CSS pixels. */
export function addOutline(path: Path2D, x: number, y: number, r: number, shape: Shape): void {
  if (2 * r < DOT) path.rect(x - 1.5, y - 1.5, 3, 3)
  else if (shape === 'box') path.rect(x - r, y - r, 2 * r, 2 * r)
  else {
    path.moveTo(x + r, y)
    path.arc(x, y, r, 0, 2 * Math.PI)
  }
}

/** A dot: a particle that a person marked. */
export function addDot(path: Path2D, x: number, y: number, r: number): void {
  const half = Math.min(2, r / 3)
  path.rect(x - half, y - half, 2 * half, 2 * half)
}

/** A square with a bar: background. */
export function addBackground(path: Path2D, x: number, y: number, r: number): void {
  const half = Math.max(3, r * 0.7)
  path.rect(x - half, y - half, 2 * half, 2 * half)
  path.moveTo(x - half / 2, y)
  path.lineTo(x + half / 2, y)
}

/** A diamond with a cross: contamination. */
export function addContamination(path: Path2D, x: number, y: number, r: number): void {
  const half = Math.max(4, r * 0.9)
  path.moveTo(x, y - half)
  path.lineTo(x + half, y)
  path.lineTo(x, y + half)
  path.lineTo(x - half, y)
  path.closePath()
  addCross(path, x, y, half / 3.5)
}

export function addCross(path: Path2D, x: number, y: number, half: number): void {
  path.moveTo(x - half, y - half)
  path.lineTo(x + half, y + half)
  path.moveTo(x + half, y - half)
  path.lineTo(x - half, y + half)
}

/** A tick beside the outline: a pick that a person accepted or put in its place. */
export function addTick(path: Path2D, x: number, y: number, r: number): void {
  const size = Math.min(6, Math.max(3, r * 0.5))
  path.moveTo(x - size * 0.6, y)
  path.lineTo(x - size * 0.1, y + size * 0.5)
  path.lineTo(x + size * 0.7, y - size * 0.6)
}

/** Strokes with a dark halo, so that a mark shows on light and dark parts alike. */
export function stroke(
  context: CanvasRenderingContext2D,
  path: Path2D,
  style: MarkStyle,
  colour: string = COLOURS[style],
): void {
  context.strokeStyle = HALO
  context.lineWidth = LINE[style] + 2
  context.stroke(path)
  context.strokeStyle = colour
  context.lineWidth = LINE[style]
  context.stroke(path)
}

/** One pixel wide and without halo: for crowds and hatching. */
export function strokeThin(
  context: CanvasRenderingContext2D,
  path: Path2D,
  style: MarkStyle,
  colour: string = COLOURS[style],
): void {
  context.strokeStyle = colour
  context.lineWidth = 1
  context.stroke(path)
}
