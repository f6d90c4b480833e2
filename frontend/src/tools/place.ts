import type { Point } from '../geometry/point'
import type { Hand, Preview, Tool } from './tool'

/** A press chooses a place, and something is done there: a comment begins, others are shown it. */
export class PlaceTool implements Tool {
  #at: Point | null = null

  constructor(
    readonly name: 'comment' | 'point',
    readonly hand: () => Hand | null,
  ) {}

  get preview(): Preview | null {
    return this.#at && { ring: { at: this.#at, style: 'plain' } }
  }

  down(at: Point): void {
    this.#at = at
  }

  move(at: Point): void {
    if (this.#at) this.#at = at
  }

  up(at: Point): void {
    if (this.#at) this.hand()?.[this.name](at)
    this.cancel()
  }

  cancel(): void {
    this.#at = null
  }
}
