import { clampToImage, distance, type Point } from '../geometry/point'
import { area, simplifyTo } from '../geometry/polygon'
import type { Region } from '../model/types'
import type { Hand, Preview, Tool } from './tool'

/** The server takes no polygon with more corners. */
export const MOST_CORNERS = 500

/** A drag draws a lasso; on release it closes and becomes a region of contamination. */
export class RegionTool implements Tool {
  readonly name = 'region'
  #line: Point[] = []

  constructor(readonly hand: () => Hand | null) {}

  get preview(): Preview | null {
    return this.#line.length > 0 ? { line: this.#line } : null
  }

  down(at: Point): void {
    const hand = this.hand()
    if (hand) this.#line = [clampToImage(at, hand.width, hand.height)]
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
    if (!hand || line.length === 0) return
    const polygon = simplifyTo(line, hand.pixel, MOST_CORNERS)
    const smallest = (hand.diameter / 4) ** 2
    if (polygon.length < 3 || area(polygon) < smallest) {
      hand.say('Drag around the contamination to draw a region; that one was too small.')
      return
    }
    hand.commit([{ before: null, after: region(hand, polygon) }])
  }

  cancel(): void {
    this.#line = []
  }
}

function region(hand: Hand, polygon: Point[]): Region {
  const { micrograph, author } = hand
  return { type: 'region', id: hand.newId(), micrograph, polygon, author, createdAt: '' }
}
