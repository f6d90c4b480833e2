import { distance, type Point } from '../geometry/point'
import { erase } from '../model/judge'
import { CLICK, type Hand, type Preview, type Tool } from './tool'

interface Stroke {
  readonly gesture: string
  readonly start: Point
  last: Point
  erased: boolean
  dragged: boolean
}

/** Click or drag takes away labels and rejects picks; a click inside a region takes the region. */
export class EraseTool implements Tool {
  readonly name = 'erase'
  #stroke: Stroke | null = null

  constructor(readonly hand: () => Hand | null) {}

  get preview(): Preview | null {
    return this.#stroke ? { ring: { at: this.#stroke.last, style: 'plain' } } : null
  }

  down(at: Point): void {
    const hand = this.hand()
    if (!hand) return
    this.#stroke = { gesture: hand.newId(), start: at, last: at, erased: false, dragged: false }
    this.#rub(hand, at)
  }

  move(at: Point): void {
    const hand = this.hand()
    const stroke = this.#stroke
    if (!hand || !stroke) return
    if (distance(at, stroke.start) > CLICK * hand.pixel) stroke.dragged = true
    const steps = Math.max(1, Math.ceil(distance(stroke.last, at) / Math.max(hand.reach, 1)))
    const { x, y } = stroke.last
    for (let i = 1; i <= steps; i++) {
      this.#rub(hand, { x: x + ((at.x - x) * i) / steps, y: y + ((at.y - y) * i) / steps })
    }
    stroke.last = at
  }

  up(at: Point): void {
    const hand = this.hand()
    const stroke = this.#stroke
    this.#stroke = null
    if (!hand || !stroke || stroke.erased || stroke.dragged) return
    const region = hand.hitRegion(at)
    if (region) hand.commit(erase(region, hand))
  }

  cancel(): void {
    this.#stroke = null
  }

  /** A stroke passes over the rejections that it makes, so it only ever restores one by a click. */
  #rub(hand: Hand, at: Point): void {
    const stroke = this.#stroke
    const target = hand.hit(at)
    if (!stroke || !target) return
    const rejected = target.type === 'verdict' && target.mark.kind === 'reject'
    if (rejected && (stroke.erased || stroke.dragged)) return
    hand.commit(erase(target, hand), stroke.gesture)
    stroke.erased = true
  }
}
