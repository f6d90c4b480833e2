import { bend, type Grip, grip, withoutCorner } from '../geometry/corners'
import { clampToImage, distance, type Point } from '../geometry/point'
import type { Polygon } from '../geometry/polygon'
import type { Region } from '../model/marks/mark'
import { CLICK, type Hand, type Handles, type Preview } from './tool'

/** Bends the one region that is selected: corners are dragged, edges get a new one, the last one held can go. */
export class CornerDrag {
  #held: Grip | null = null
  #start: Point | null = null
  #bent: Polygon | null = null
  /** The corner held last, which Delete removes. */
  #last: number | null = null

  constructor(readonly hand: () => Hand | null) {}

  get preview(): Preview | null {
    const first = this.#bent?.[0]
    return this.#bent && first ? { line: [...this.#bent, first] } : null
  }

  get handles(): Handles | null {
    const region = this.#region()
    if (!region) return null
    return { corners: this.#bent ?? region.polygon, held: this.#held?.corner ?? this.#last }
  }

  /** Whether the press takes hold of the region. */
  down(at: Point): boolean {
    const hand = this.hand()
    const region = this.#region()
    const held = hand && region ? grip(region.polygon, at, hand.handle) : null
    this.#last = null
    if (hand && held && held.polygon.length > hand.mostCorners) {
      hand.say(`A region has ${hand.mostCorners} corners at most. To remove one, select it and press Delete.`)
      return true
    }
    this.#held = held
    this.#start = at
    this.#bent = held && held.polygon !== region?.polygon ? held.polygon : null
    return held !== null
  }

  move(at: Point): void {
    const hand = this.hand()
    if (!hand || !this.#held || !this.#start) return
    const click = !this.#bent && distance(at, this.#start) <= CLICK * hand.pixel
    if (!click) this.#bent = bend(this.#held, clampToImage(at, hand.width, hand.height))
  }

  up(): void {
    const [held, bent] = [this.#held, this.#bent]
    if (!held) return
    this.cancel()
    this.#last = held.corner
    if (bent) this.#change(bent)
  }

  remove(): boolean {
    const region = this.#region()
    if (!region || this.#last === null) return false
    const polygon = withoutCorner({ polygon: region.polygon, corner: this.#last })
    this.#last = null
    if (polygon) this.#change(polygon)
    else this.hand()?.say('A region needs three corners. Select it and press Delete again to erase it.')
    return true
  }

  cancel(): void {
    this.#held = null
    this.#bent = null
    this.#last = null
  }

  #change(polygon: Polygon): void {
    const region = this.#region()
    if (region) this.hand()?.commit([{ before: region, after: { ...region, polygon } }])
  }

  #region(): Region | null {
    const selected = this.hand()?.selected
    return selected?.type === 'region' ? selected.mark : null
  }
}
