import { clampToImage, distance, type Point } from '../geometry/point'
import { close } from './outline'
import { CLICK, type Hand, type Press, type Preview, type Tool } from './tool'

/** Clicks set the corners of a region; one on the first or last corner (a double click) closes it. Alt cuts. */
export class PolygonTool implements Tool {
  readonly name = 'polygon'
  #corners: Point[] = []
  #cursor: Point | null = null
  #cut = false

  constructor(readonly hand: () => Hand | null) {}

  get preview(): Preview | null {
    if (this.#corners.length === 0) return null
    const line = this.#cursor ? [...this.#corners, this.#cursor] : this.#corners
    return { line, corners: this.#corners, cut: this.#cut }
  }

  hover(at: Point | null): void {
    this.#cursor = at
  }

  down(at: Point, press?: Press): void {
    this.#cursor = at
    if (this.#corners.length === 0) this.#cut = press?.alt ?? false
  }

  move(at: Point): void {
    this.#cursor = at
  }

  up(at: Point): void {
    const hand = this.hand()
    if (!hand) return
    const corner = clampToImage(at, hand.width, hand.height)
    const [first, last] = [this.#corners[0], this.#corners.at(-1)]
    const on = (place?: Point): boolean => !!place && distance(place, corner) <= 2 * CLICK * hand.pixel
    if (on(last) || (this.#corners.length > 2 && on(first))) this.finish()
    else this.#corners.push(corner)
  }

  finish(): void {
    const hand = this.hand()
    const corners = this.#corners
    if (!hand || corners.length === 0) return
    if (corners.length < 3) return hand.say('A region needs at least three corners. Esc cancels.')
    this.#corners = []
    close(hand, corners, this.#cut)
  }

  back(): boolean {
    return this.#corners.pop() !== undefined
  }

  release(): void {
    this.#cursor = null
  }

  cancel(): void {
    this.#corners = []
  }
}
