import type { Point } from '../geometry/point'
import type { Press, Tool } from '../tools/tool'

/** What pointers and fingers may do to the page, and what they have to know of it. */
export interface InputHandlers {
  tool(): Tool
  /** From CSS pixels in the stage to image pixels; null while nothing is open. */
  toImage(point: Point): Point | null
  /** Whether a drag belongs to the viewer for now (space is held). */
  panning(): boolean
  pan(x: number, y: number): void
  /** Zooms by a factor around a place in CSS pixels. */
  zoom(factor: number, at: Point): void
  /** What the page says a press means, where there are no keys to hold. */
  press(): Press
  /** The secondary button, or a finger that rests: what is here? */
  context(at: Point): void
  /** A turn of the wheel, down positive; says whether it was used up, else it zooms. */
  wheel(turn: number, press: Press): boolean
  hover(at: Point | null): void
  changed(): void
}
