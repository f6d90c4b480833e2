import { distance, type Point } from '../geometry/point'
import type { InputHandlers } from './input-handlers'

/** A finger that rests this long, ms, is a long press. */
const REST = 500

/** A finger that moves less than this, CSS pixels, rests. */
const WANDER = 10

/**
 * One finger does what the tool does; under the select tool, and once a pen is used, it pans. Two fingers pan
 * and zoom under any tool. A finger that rests selects what is under it. Places in CSS pixels of the stage.
 */
export class Fingers {
  /** Whether a pen has been used: from then on, fingers and palms do not use tools. */
  pen = false
  readonly #places = new Map<number, Point>()
  #now: 'tool' | 'pan' | 'pinch' | 'over' = 'over'
  #start: Point = { x: 0, y: 0 }
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(readonly handlers: InputHandlers) {}

  down(finger: number, at: Point): void {
    this.#places.set(finger, at)
    clearTimeout(this.#timer)
    if (this.#places.size === 1) this.#first(at)
    else if (this.#places.size === 2) {
      this.#release()
      this.#now = 'pinch'
    }
    this.handlers.changed()
  }

  move(finger: number, at: Point): void {
    const last = this.#places.get(finger)
    if (!last) return
    if (distance(at, this.#start) > WANDER) clearTimeout(this.#timer)
    if (this.#now === 'pinch') return this.#pinch(finger, last, at)
    this.#places.set(finger, at)
    const image = this.handlers.toImage(at)
    if (this.#now !== 'over' && image && !this.pen) this.handlers.tool().move(image)
    if (this.#now === 'pan') this.handlers.pan(at.x - last.x, at.y - last.y)
    this.handlers.changed()
  }

  up(finger: number, at: Point): void {
    if (!this.#places.delete(finger)) return
    clearTimeout(this.#timer)
    const image = this.handlers.toImage(at)
    const tool = this.handlers.tool()
    if (this.#now === 'tool' || this.#now === 'pan') {
      if (image && !this.pen) tool.up(image)
      else this.#release()
    }
    this.#now = 'over'
    this.handlers.changed()
  }

  /** Forgets all fingers. */
  cancel(): void {
    clearTimeout(this.#timer)
    this.#places.clear()
    this.#now = 'over'
  }

  #first(at: Point): void {
    const { handlers } = this
    const image = handlers.toImage(at)
    if (!image) return
    const press = handlers.press()
    const tool = handlers.tool()
    this.#start = at
    this.#now = this.pen || (tool.pans?.(press) ?? false) ? 'pan' : 'tool'
    if (!this.pen) tool.down(image, press)
    this.#timer = setTimeout(() => this.#rested(image), REST)
  }

  #rested(image: Point): void {
    this.#release()
    this.#now = 'over'
    this.handlers.context(image)
    this.handlers.changed()
  }

  #pinch(finger: number, last: Point, at: Point): void {
    const other = [...this.#places].find(([id]) => id !== finger)?.[1]
    if (!other) return
    this.#places.set(finger, at)
    const before = Math.max(1, distance(last, other))
    this.handlers.zoom(Math.max(1, distance(at, other)) / before, middle(last, other))
    this.handlers.pan((at.x - last.x) / 2, (at.y - last.y) / 2)
  }

  /** Cancels the current press; what earlier presses began stays. */
  #release(): void {
    const tool = this.handlers.tool()
    if (tool.release) tool.release()
    else tool.cancel()
  }
}

function middle(a: Point, b: Point): Point {
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 }
}
