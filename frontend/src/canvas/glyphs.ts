import type { LabelKind } from '../wire'
import {
  addBackground,
  addContamination,
  addCross,
  addDot,
  addOutline,
  addTick,
  type Shape,
  stroke,
  strokeThin,
} from './shapes'

/** Signs on the canvas that come in numbers; back to front. */
export const GLYPHS = ['pick', 'accept', 'reject', 'background', 'contamination', 'particle'] as const

export type Glyph = (typeof GLYPHS)[number]

/** The lines of many marks of one glyph, drawn together. */
export interface Lines {
  readonly stroked: Path2D
  readonly filled: Path2D
}

type Trace = (lines: Lines, x: number, y: number, r: number, shape: Shape) => void

const TRACES: Record<Glyph, Trace> = {
  pick: ({ stroked }, x, y, r, shape) => addOutline(stroked, x, y, r, shape),
  accept: ({ stroked }, x, y, r, shape) => {
    addOutline(stroked, x, y, r, shape)
    addTick(stroked, x, y, r)
  },
  reject: ({ stroked }, x, y, r) => addCross(stroked, x, y, Math.max(3, Math.min(7, r * 0.4))),
  background: ({ stroked }, x, y, r) => addBackground(stroked, x, y, r),
  contamination: ({ stroked }, x, y, r) => addContamination(stroked, x, y, r),
  particle: ({ stroked, filled }, x, y, r, shape) => {
    addOutline(stroked, x, y, r, shape)
    addDot(filled, x, y, r)
  },
} satisfies Record<LabelKind | 'pick' | 'accept' | 'reject', Trace>

export function newLines(): Lines {
  return { stroked: new Path2D(), filled: new Path2D() }
}

/** Adds one mark; place and half diameter `r` in the pixels of the canvas. */
export function trace(lines: Lines, glyph: Glyph, x: number, y: number, r: number, shape: Shape): void {
  TRACES[glyph](lines, x, y, r, shape)
}

export function drawLines(
  context: CanvasRenderingContext2D,
  lines: Lines,
  { glyph, colour }: { readonly glyph: Glyph; readonly colour: string },
  thin = false,
): void {
  if (thin) strokeThin(context, lines.stroked, glyph, colour)
  else stroke(context, lines.stroked, glyph, colour)
  context.fillStyle = colour
  context.fill(lines.filled)
}
