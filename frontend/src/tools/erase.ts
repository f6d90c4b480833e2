import { distance, type Point } from '../geometry/point'
import type { Target } from '../model/marks/hit'
import { erase } from '../model/marks/judge'
import { CLICK, type Hand, type Preview, type Tool } from './tool'

interface Stroke {
  readonly gesture: string
  readonly start: Point
  last: Point
  erased: boolean
  dragged: boolean
}

/** A brush that removes labels and rejects picks; a click acts on what is nearest, including regions. */
export class EraseTool implements Tool {
  readonly name = 'erase'
  #stroke: Stroke | null = null

  constructor(readonly hand: () => Hand | null) {}

  get preview(): Preview | null {
    const hand = this.hand()
    return this.#stroke && hand ? { brush: { at: this.#stroke.last, radius: hand.brush } } : null
  }

  down(at: Point): void {
    const hand = this.hand()
    if (!hand) return
    this.#stroke = { gesture: hand.newId(), start: at, last: at, erased: false, dragged: false }
    this.#rub(hand, this.#stroke, at)
  }

  move(at: Point): void {
    const hand = this.hand()
    const stroke = this.#stroke
    if (!hand || !stroke) return
    if (distance(at, stroke.start) > CLICK * hand.pixel) stroke.dragged = true
    this.#rub(hand, stroke, at)
  }

  up(at: Point): void {
    const hand = this.hand()
    const stroke = this.#stroke
    this.#stroke = null
    if (!hand || !stroke || stroke.erased || stroke.dragged) return
    const target = hand.hit(at) ?? hand.hitRegion(at)
    if (target) hand.commit(erase(target, hand), stroke.gesture)
  }

  cancel(): void {
    this.#stroke = null
  }

  /** What is rejected already stays so: only a click restores it. */
  #rub(hand: Hand, stroke: Stroke, at: Point): void {
    const under = hand.along(stroke.last, at, hand.brush).filter(target => !isRejected(target))
    stroke.last = at
    if (under.length === 0) return
    hand.commit(
      under.flatMap(target => erase(target, hand)),
      stroke.gesture,
    )
    stroke.erased = true
  }
}

function isRejected(target: Target): boolean {
  return target.type === 'verdict' && target.mark.kind === 'reject'
}
