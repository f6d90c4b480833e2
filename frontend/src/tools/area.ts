import { distance, type Point } from '../geometry/point'
import type { How } from '../model/marks/selection'
import { CLICK, type Hand, type Press, type Preview, type Tool } from './tool'

/** Selects what lies in a box or a lasso: Shift adds to the selection, Alt subtracts. A click selects one thing. */
export class AreaTool implements Tool {
  #line: Point[] = []
  #how: How = 'replace'

  constructor(
    readonly name: 'box' | 'lasso',
    readonly hand: () => Hand | null,
  ) {}

  get preview(): Preview | null {
    const outline = this.#outline()
    return outline.length > 1 ? { area: outline } : null
  }

  down(at: Point, press?: Press): void {
    this.#line = [at]
    this.#how = press?.alt ? 'remove' : press?.shift ? 'add' : 'replace'
  }

  move(at: Point): void {
    const hand = this.hand()
    const last = this.#line.at(-1)
    if (!hand || !last) return
    if (this.name === 'box') this.#line[1] = at
    else if (distance(last, at) >= 2 * hand.pixel) this.#line.push(at)
  }

  up(at: Point): void {
    this.move(at)
    const hand = this.hand()
    const start = this.#line[0]
    const outline = this.#outline()
    this.cancel()
    if (!hand || !start) return
    const near = (corner: Point): boolean => distance(corner, start) <= CLICK * hand.pixel
    if (!outline.every(near)) return hand.select(hand.inside(outline), this.#how)
    const hit = hand.hit(at) ?? hand.hitRegion(at)
    hand.select(hit ? [hit] : [], this.#how)
  }

  cancel(): void {
    this.#line = []
  }

  #outline(): Point[] {
    const [a, b] = this.#line
    if (this.name === 'lasso' || !a || !b) return this.#line
    return [a, { x: b.x, y: a.y }, b, { x: a.x, y: b.y }]
  }
}
