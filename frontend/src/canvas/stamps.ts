import type { Sign } from './colouring'
import { drawLines, newLines, trace } from './glyphs'
import type { MarkTable } from './mark-table'
import type { Shape } from './shapes'

/** How the marks of a frame look, all alike. */
export interface Looks {
  /** Half the particle's diameter, CSS pixels. */
  readonly r: number
  readonly shape: Shape
  /** Device pixels per CSS pixel. */
  readonly ratio: number
  /** Lines without halo and soft edges, for crowds. */
  readonly thin: boolean
}

/** Some pixels of a glyph, relative to its centre. */
interface Ink {
  readonly dx: Int16Array
  readonly dy: Int16Array
  /** The same as steps in an image of the pad's width. */
  readonly steps: Int32Array
  /** As ImageData holds them: alpha in the highest byte. */
  readonly colours: Int32Array
}

interface Stamp {
  readonly halo: Ink
  readonly line: Ink
  readonly reach: number
}

/**
 * Prints small marks pixel by pixel into one image: thousands of stroked paths take a browser without a
 * graphics card half a second a frame, the same marks printed take milliseconds on any machine.
 */
export class StampPad {
  readonly #canvas = document.createElement('canvas')
  readonly #context = contextOf(this.#canvas)
  #image: ImageData | null = null
  #pixels = new Int32Array(0)
  #width = 0
  #height = 0
  /** By the colour and name of their signs. */
  readonly #stamps = new Map<string, Stamp>()
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

  /** Prints marks at places in CSS pixels: all halos first, so that they cover no lines. */
  print(marks: MarkTable): void {
    const stamps = this.#stampsOf(marks)
    if (!this.#looks.thin) this.#printAll(marks, stamps, 'halo')
    this.#printAll(marks, stamps, 'line')
  }

  /** Of the signs that are used: making one takes longer than printing a hundred. */
  #stampsOf({ count, kinds, signs }: MarkTable): (Stamp | null)[] {
    const used = new Uint8Array(signs.length)
    for (let i = 0; i < count; i++) used[kinds[i] as number] = 1
    return signs.map((sign, i) => (used[i] ? this.#stampOf(sign) : null))
  }

  #printAll(marks: MarkTable, stamps: readonly (Stamp | null)[], part: 'halo' | 'line'): void {
    const { ratio } = this.#looks
    for (let i = 0; i < marks.count; i++) {
      const stamp = stamps[marks.kinds[i] as number] as Stamp
      const column = Math.round((marks.x[i] as number) * ratio)
      const row = Math.round((marks.y[i] as number) * ratio)
      const { reach } = stamp
      const whole =
        column >= reach && row >= reach && column < this.#width - reach && row < this.#height - reach
      if (whole) this.#printWhole(stamp[part], row * this.#width + column)
      else this.#printPart(stamp[part], column, row)
    }
  }

  /** The inner loop of drawing. It only writes: reading what is already there would take three times as long. */
  #printWhole({ steps, colours }: Ink, centre: number): void {
    const pixels = this.#pixels
    for (let i = 0; i < steps.length; i++) pixels[centre + (steps[i] as number)] = colours[i] as number
  }

  #printPart({ dx, dy, colours }: Ink, column: number, row: number): void {
    for (let i = 0; i < colours.length; i++) {
      const px = column + (dx[i] as number)
      const py = row + (dy[i] as number)
      if (px < 0 || py < 0 || px >= this.#width || py >= this.#height) continue
      this.#pixels[py * this.#width + px] = colours[i] as number
    }
  }

  #stampOf(sign: Sign): Stamp {
    const name = `${sign.colour} ${sign.glyph}`
    let stamp = this.#stamps.get(name)
    if (!stamp) {
      stamp = makeStamp(sign, this.#looks, this.#width)
      this.#stamps.set(name, stamp)
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

/** Alpha from which on a pixel belongs to a mark's line: halos are fainter. */
const LINE_ALPHA = { thin: 100, haloed: 180 }

function makeStamp(sign: Sign, { r, shape, ratio, thin }: Looks, width: number): Stamp {
  const reach = Math.ceil((Math.max(r, 8) + 4) * ratio)
  const size = 2 * reach + 1
  const canvas = document.createElement('canvas')
  canvas.width = size
  canvas.height = size
  const context = contextOf(canvas)
  context.setTransform(ratio, 0, 0, ratio, reach + 0.5, reach + 0.5)
  const lines = newLines()
  trace(lines, sign.glyph, 0, 0, r, shape)
  drawLines(context, lines, sign, thin)
  const pixels = new Int32Array(context.getImageData(0, 0, size, size).data.buffer)
  const least = thin ? LINE_ALPHA.thin : LINE_ALPHA.haloed
  const ink = (isInked: (alpha: number) => boolean): Ink => {
    const inked = [...pixels.keys()].filter(i => isInked((pixels[i] as number) >>> 24))
    const dx = Int16Array.from(inked, i => (i % size) - reach)
    const dy = Int16Array.from(inked, i => Math.floor(i / size) - reach)
    const steps = Int32Array.from(inked, (_, k) => (dy[k] as number) * width + (dx[k] as number))
    return { dx, dy, steps, colours: Int32Array.from(inked, i => pixels[i] as number) }
  }
  return { reach, line: ink(alpha => alpha > least), halo: ink(alpha => alpha > 0 && alpha <= least) }
}

function contextOf(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (!context) throw new Error('This browser cannot draw on a canvas.')
  return context
}
