/** A canvas laid over the viewer, as large as its parent, drawn in CSS pixels at the device's resolution. */
export class Surface {
  readonly canvas = document.createElement('canvas')
  readonly context: CanvasRenderingContext2D
  #width = 0
  #height = 0
  #ratio = 1

  /** Device pixels per CSS pixel. */
  get ratio(): number {
    return this.#ratio
  }

  constructor(parent: HTMLElement, className: string) {
    this.canvas.className = className
    this.canvas.setAttribute('aria-hidden', 'true')
    parent.append(this.canvas)
    const context = this.canvas.getContext('2d')
    if (!context) throw new Error('This browser cannot draw on a canvas.')
    this.context = context
  }

  /** Empties the canvas and takes on the size of the view, in CSS pixels. */
  clear(width: number, height: number): CanvasRenderingContext2D {
    const ratio = window.devicePixelRatio || 1
    if (width !== this.#width || height !== this.#height || ratio !== this.#ratio) {
      this.#width = width
      this.#height = height
      this.#ratio = ratio
      this.canvas.width = Math.round(width * ratio)
      this.canvas.height = Math.round(height * ratio)
    }
    this.context.setTransform(ratio, 0, 0, ratio, 0, 0)
    this.context.clearRect(0, 0, width, height)
    return this.context
  }
}
