import { distance, type Point } from '../geometry/point'
import { CLICK, type Hand, type Preview, type Tool } from './tool'

/** A click selects what is under it; drags are left to the viewer, which pans. */
export class SelectTool implements Tool {
  readonly name = 'select'
  readonly preview: Preview | null = null
  #start: Point | null = null

  constructor(readonly hand: () => Hand | null) {}

  down(at: Point): void {
    this.#start = at
  }

  move(at: Point): void {
    const hand = this.hand()
    if (hand && this.#start && distance(at, this.#start) > CLICK * hand.pixel) this.#start = null
  }

  up(at: Point): void {
    this.move(at)
    const hand = this.hand()
    if (hand && this.#start) hand.select(hand.hit(at) ?? hand.hitRegion(at))
    this.#start = null
  }

  cancel(): void {
    this.#start = null
  }
}
