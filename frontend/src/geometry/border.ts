/** An image and the margin inside it, in its pixels. */
export interface Frame {
  readonly width: number
  readonly height: number
  readonly borderMargin: number
}

/** Whether a place keeps the margin. The border lies half a pixel beyond the outer pixels' centres. */
export function offBorder(x: number, y: number, { borderMargin, width, height }: Frame): boolean {
  if (borderMargin === 0) return true
  const least = borderMargin - 0.5
  return x >= least && y >= least && x <= width - 0.5 - borderMargin && y <= height - 0.5 - borderMargin
}
