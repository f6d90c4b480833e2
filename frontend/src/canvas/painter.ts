import { drawLines, GLYPHS, type Glyph, type Lines, newLines, trace } from './glyphs'
import type { Shape } from './shapes'
import type { Looks, StampPad } from './stamps'

/** Takes marks one by one, places in CSS pixels, and draws them all at the end. */
export interface Painter {
  mark(glyph: Glyph, x: number, y: number): void
  finish(): void
}

/** Larger than this, in device pixels from centre to edge, marks are few and drawn as smooth paths. */
const LARGEST_STAMP = 40

/** More marks than this on screen are drawn thin: halos would only blur the crowd. */
const CROWD = 2500

/** Chooses how to draw `count` marks whose half diameter is `r` CSS pixels. */
export function painterFor(
  context: CanvasRenderingContext2D,
  pad: StampPad,
  looks: Omit<Looks, 'thin'>,
  count: number,
): Painter {
  if (looks.r * looks.ratio > LARGEST_STAMP) return pathPainter(context, looks.r, looks.shape)
  const { width, height } = context.canvas
  pad.begin(width, height, { ...looks, thin: count > CROWD })
  return {
    mark: (glyph, x, y) => pad.print(glyph, x, y),
    finish: () => pad.finish(context),
  }
}

function pathPainter(context: CanvasRenderingContext2D, r: number, shape: Shape): Painter {
  const all = new Map<Glyph, Lines>()
  return {
    mark(glyph, x, y) {
      let lines = all.get(glyph)
      if (!lines) {
        lines = newLines()
        all.set(glyph, lines)
      }
      trace(lines, glyph, x, y, r, shape)
    },
    finish() {
      for (const glyph of GLYPHS) {
        const lines = all.get(glyph)
        if (lines) drawLines(context, lines, glyph)
      }
    },
  }
}
