import { clampToImage, distance, type Point } from '../geometry/point'
import { type Target, targetPlace } from '../model/marks/hit'
import { moveTo } from '../model/marks/judge'
import type { LabelKind } from '../wire'
import { CornerDrag } from './corner-drag'
import { CLICK, type Hand, type Handles, type Preview, type Tool } from './tool'

interface Drag {
  readonly target: Target
  readonly start: Point
  at: Point
  moved: boolean
}

/** Drags a label, a pick or a corner of the region selected to another place; a click only selects. */
export class MoveTool implements Tool {
  readonly name = 'move'
  #drag: Drag | null = null
  readonly #corners: CornerDrag

  constructor(readonly hand: () => Hand | null) {
    this.#corners = new CornerDrag(hand)
  }

  get preview(): Preview | null {
    const drag = this.#drag
    if (!drag?.moved) return this.#corners.preview
    return { ring: { at: drag.at, style: styleOf(drag.target) }, from: targetPlace(drag.target) }
  }

  get handles(): Handles | null {
    return this.#corners.handles
  }

  down(at: Point): void {
    const hand = this.hand()
    if (!hand || this.#corners.down(at)) return
    const target = hand.hit(at)
    const selected = target ?? hand.hitRegion(at)
    hand.select(selected ? [selected] : [])
    if (target) this.#drag = { target, start: at, at: targetPlace(target), moved: false }
  }

  move(at: Point): void {
    const hand = this.hand()
    const drag = this.#drag
    if (!hand || !drag) return this.#corners.move(at)
    if (distance(at, drag.start) > CLICK * hand.pixel) drag.moved = true
    const place = targetPlace(drag.target)
    const to = { x: place.x + at.x - drag.start.x, y: place.y + at.y - drag.start.y }
    drag.at = clampToImage(to, hand.width, hand.height)
  }

  up(at: Point): void {
    this.move(at)
    this.#corners.up()
    const hand = this.hand()
    const drag = this.#drag
    this.#drag = null
    if (!hand || !drag?.moved) return
    hand.commit(moveTo(drag.target, drag.at, hand))
    hand.select([])
  }

  back(): boolean {
    return this.#corners.remove()
  }

  cancel(): void {
    this.#drag = null
    this.#corners.cancel()
  }
}

function styleOf(target: Target): LabelKind | 'plain' {
  return target.type === 'label' ? target.mark.kind : 'plain'
}
