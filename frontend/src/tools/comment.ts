import type { Point } from '../geometry/point'
import type { Hand, Preview, Tool } from './tool'

/** A press begins a comment on its place. */
export class CommentTool implements Tool {
  readonly name = 'comment'
  #at: Point | null = null

  constructor(readonly hand: () => Hand | null) {}

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
    if (this.#at) this.hand()?.comment(at)
    this.cancel()
  }

  cancel(): void {
    this.#at = null
  }
}
