import { drawLines, type Glyph, newLines, trace } from './glyphs'
import type { Shape } from './shapes'

/** How the marks of a frame look, all alike. */
export interface Looks {
  /** Half the particle's diameter, CSS pixels. */
  readonly r: number
  readonly shape: Shape
  /** Device pixels a CSS pixel. */
  readonly ratio: number
  /** Lines without halo and soft edges, for crowds. */
  readonly thin: boolean
}

/** The pixels of one glyph that are not empty, relative to its centre. */
interface Stamp {
  readonly dx: Int16Array
  readonly dy: Int16Array
  /** The same as steps in an image of the pad's width. */
  readonly steps: Int32Array
  /** As ImageData holds them: alpha in the highest byte. */
  readonly colours: Int32Array
  readonly reach: number
}

/**
 * Prints small marks pixel by pixel into one image: thousands of stroked paths take a browser without a
 * graphics card half a second a frame, the same marks printed take milliseconds on any machine.
 */
export class StampPad {
  #canvas = document.createElement('canvas')
  #context = contextOf(this.#canvas)
  #image: ImageData | null = null
  #pixels = new Int32Array(0)
  #width = 0
  #height = 0
  #stamps = new Map<Glyph, Stamp>()
  #looks: Looks = { r: 0, shape: 'circle', ratio: 1, thin: false }

  /** Starts an empty frame; its size in device pixels. */
  begin(width: number, height: number, looks: Looks): void {
    const resized = width !== this.#width || height !== this.#height
    if (resized || !this.#image) {
      this.#width = this.#canvas.width = width
      this.#height = this.#canvas.height = height
      this.#image = this.#context.createImageData(width, height)
      this.#pixels = new Int32Array(this.#image.data.buffer)
    } else {
      this.#pixels.fill(0)
    }
    if (resized || !sameLooks(looks, this.#looks)) this.#stamps.clear()
    this.#looks = looks
  }

  /** Prints at a place in CSS pixels. Where marks overlap the stronger pixel stays, so halos cover no lines. */
  print(glyph: Glyph, x: number, y: number): void {
    const stamp = this.#stampOf(glyph)
    const column = Math.round(x * this.#looks.ratio)
    const row = Math.round(y * this.#looks.ratio)
    const { reach } = stamp
    const whole =
      column >= reach && row >= reach && column < this.#width - reach && row < this.#height - reach
    if (whole) this.#printWhole(stamp, row * this.#width + column)
    else this.#printPart(stamp, column, row)
  }

  /** The inner loop of drawing: thousands of marks of a hundred pixels each, every frame. */
  #printWhole({ steps, colours }: Stamp, centre: number): void {
    const pixels = this.#pixels
    for (let i = 0; i < steps.length; i++) {
      const at = centre + (steps[i] as number)
      const colour = colours[i] as number
      if (colour >>> 24 >= (pixels[at] as number) >>> 24) pixels[at] = colour
    }
  }

  #printPart({ dx, dy, colours }: Stamp, column: number, row: number): void {
    for (let i = 0; i < colours.length; i++) {
      const px = column + (dx[i] as number)
      const py = row + (dy[i] as number)
      if (px < 0 || py < 0 || px >= this.#width || py >= this.#height) continue
      const at = py * this.#width + px
      const colour = colours[i] as number
      if (colour >>> 24 >= (this.#pixels[at] as number) >>> 24) this.#pixels[at] = colour
    }
  }

  #stampOf(glyph: Glyph): Stamp {
    let stamp = this.#stamps.get(glyph)
    if (!stamp) {
      stamp = makeStamp(glyph, this.#looks, this.#width)
      this.#stamps.set(glyph, stamp)
    }
    return stamp
  }

  /** Lays the frame over what is drawn already. */
  finish(target: CanvasRenderingContext2D): void {
    if (!this.#image) return
    this.#context.putImageData(this.#image, 0, 0)
    target.save()
    target.resetTransform()
    target.drawImage(this.#canvas, 0, 0)
    target.restore()
  }
}

function sameLooks(a: Looks, b: Looks): boolean {
  return a.r === b.r && a.shape === b.shape && a.ratio === b.ratio && a.thin === b.thin
}

/** Fainter pixels of a thin stamp are left out. */
const SOFT = 100

function makeStamp(glyph: Glyph, { r, shape, ratio, thin }: Looks, width: number): Stamp {
  const reach = Math.ceil((Math.max(r, 8) + 4) * ratio)
  const size = 2 * reach + 1
  const canvas = document.createElement('canvas')
  canvas.width = size
  canvas.height = size
  const context = contextOf(canvas)
  context.setTransform(ratio, 0, 0, ratio, reach + 0.5, reach + 0.5)
  const lines = newLines()
  trace(lines, glyph, 0, 0, r, shape)
  drawLines(context, lines, glyph, thin)
  const pixels = new Int32Array(context.getImageData(0, 0, size, size).data.buffer)
  const least = thin ? SOFT : 0
  const inked = [...pixels.keys()].filter(i => (pixels[i] as number) >>> 24 > least)
  const dx = Int16Array.from(inked, i => (i % size) - reach)
  const dy = Int16Array.from(inked, i => Math.floor(i / size) - reach)
  return {
    dx,
    dy,
    steps: Int32Array.from(inked, (_, k) => (dy[k] as number) * width + (dx[k] as number)),
    colours: Int32Array.from(inked, i => pixels[i] as number),
    reach,
  }
}

function contextOf(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (!context) throw new Error('This browser cannot draw on a canvas.')
  return context
}
