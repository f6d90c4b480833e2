import { distance, type Point } from '../geometry/point'
import { AreaTool } from './area'
import { CLICK, type Hand, type Press, type Preview, type Tool } from './tool'

/** A click selects what is under it; a drag pans, with Shift or Alt it draws a box that adds or subtracts. */
export class SelectTool implements Tool {
  readonly name = 'select'
  #start: Point | null = null
  readonly #box: AreaTool
  #boxing = false

  constructor(readonly hand: () => Hand | null) {
    this.#box = new AreaTool('box', hand)
  }

  get preview(): Preview | null {
    return this.#box.preview
  }

  pans(press: Press): boolean {
    return !press.shift && !press.alt
  }

  down(at: Point, press?: Press): void {
    this.#boxing = press !== undefined && !this.pans(press)
    if (this.#boxing) this.#box.down(at, press)
    else this.#start = at
  }

  move(at: Point): void {
    if (this.#boxing) return this.#box.move(at)
    const hand = this.hand()
    if (hand && this.#start && distance(at, this.#start) > CLICK * hand.pixel) this.#start = null
  }

  up(at: Point): void {
    if (this.#boxing) return this.#box.up(at)
    this.move(at)
    const hand = this.hand()
    const hit = this.#start && hand && (hand.hit(at) ?? hand.hitRegion(at))
    if (this.#start) hand?.select(hit ? [hit] : [])
    this.#start = null
  }

  cancel(): void {
    this.#start = null
    this.#box.cancel()
  }
}
