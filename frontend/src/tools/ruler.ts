import { distance, type Point } from '../geometry/point'
import { CLICK, type Hand, type Preview, type Tool } from './tool'

/** A drag measures from one place to another. The line stays until the next press or another tool. */
export class RulerTool implements Tool {
  readonly name = 'ruler'
  #from: Point | null = null
  #to: Point | null = null
  #held = false

  constructor(readonly hand: () => Hand | null) {}

  get preview(): Preview | null {
    return this.#from && this.#to ? { ruler: { from: this.#from, to: this.#to } } : null
  }

  down(at: Point): void {
    this.#from = at
    this.#to = null
    this.#held = true
  }

  move(at: Point): void {
    if (this.#held) this.#to = at
  }

  up(at: Point): void {
    this.move(at)
    this.#held = false
    const hand = this.hand()
    if (hand && this.#from && distance(this.#from, at) <= CLICK * hand.pixel) this.cancel()
  }

  cancel(): void {
    this.#from = null
    this.#to = null
    this.#held = false
  }
}
