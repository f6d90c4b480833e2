import { clampToImage, distance, type Point } from '../geometry/point'
import { type Target, targetPlace } from '../model/hit'
import { moveTo } from '../model/judge'
import type { LabelKind } from '../model/types'
import { CLICK, type Hand, type Preview, type Tool } from './tool'

interface Drag {
  readonly target: Target
  readonly start: Point
  at: Point
  moved: boolean
}

/** Drags a label or a pick to another place; a click only selects it. */
export class MoveTool implements Tool {
  readonly name = 'move'
  #drag: Drag | null = null

  constructor(readonly hand: () => Hand | null) {}

  get preview(): Preview | null {
    const drag = this.#drag
    if (!drag?.moved) return null
    return { ring: { at: drag.at, style: styleOf(drag.target) }, from: targetPlace(drag.target) }
  }

  down(at: Point): void {
    const target = this.hand()?.hit(at) ?? null
    this.hand()?.select(target ? [target] : [])
    if (target) this.#drag = { target, start: at, at: targetPlace(target), moved: false }
  }

  move(at: Point): void {
    const hand = this.hand()
    const drag = this.#drag
    if (!hand || !drag) return
    if (distance(at, drag.start) > CLICK * hand.pixel) drag.moved = true
    const place = targetPlace(drag.target)
    const to = { x: place.x + at.x - drag.start.x, y: place.y + at.y - drag.start.y }
    drag.at = clampToImage(to, hand.width, hand.height)
  }

  up(at: Point): void {
    this.move(at)
    const hand = this.hand()
    const drag = this.#drag
    this.#drag = null
    if (!hand || !drag?.moved) return
    hand.commit(moveTo(drag.target, drag.at, hand))
    hand.select([])
  }

  cancel(): void {
    this.#drag = null
  }
}

function styleOf(target: Target): LabelKind | 'plain' {
  return target.type === 'label' ? target.mark.kind : 'plain'
}
