import { clampToImage, distance, type Point } from '../geometry/point'
import { close } from './outline'
import type { Hand, Press, Preview, Tool } from './tool'

/** A drag draws around contamination; on release the line closes and becomes a region. With Alt it cuts. */
export class RegionTool implements Tool {
  readonly name = 'region'
  #line: Point[] = []
  #cut = false

  constructor(readonly hand: () => Hand | null) {}

  get preview(): Preview | null {
    return this.#line.length > 0 ? { line: this.#line, cut: this.#cut } : null
  }

  down(at: Point, press?: Press): void {
    const hand = this.hand()
    if (!hand) return
    this.#line = [clampToImage(at, hand.width, hand.height)]
    this.#cut = press?.alt ?? false
  }

  move(at: Point): void {
    const hand = this.hand()
    const last = this.#line[this.#line.length - 1]
    if (!hand || !last) return
    const next = clampToImage(at, hand.width, hand.height)
    if (distance(last, next) >= 2 * hand.pixel) this.#line.push(next)
  }

  up(at: Point): void {
    this.move(at)
    const hand = this.hand()
    const line = this.#line
    this.#line = []
    if (hand && line.length > 0) close(hand, line, this.#cut)
  }

  cancel(): void {
    this.#line = []
  }
}
