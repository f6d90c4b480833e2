import { emptyTable, findInSight, type MarkTable, tabulate } from '../mark-table'
import { paint } from '../painter'
import { StampPad } from '../stamps'
import type { Scene } from './scene'

/** Labels, picks and verdicts. Their table is rebuilt only when they change, not while the view moves. */
export class MarksLayer {
  readonly #pad = new StampPad()
  #of: Pick<Scene, 'marks' | 'picks' | 'colouring'> | null = null
  #table: MarkTable = emptyTable(0, [])
  #seen: MarkTable = emptyTable(0, [])

  /** Draws those in sight and says how many they are. */
  draw(context: CanvasRenderingContext2D, scene: Scene, ratio: number): number {
    const { view, diameter, shape, marks, picks, colouring } = scene
    const of = this.#of
    if (of?.marks !== marks || of.picks !== picks || of.colouring !== colouring) {
      this.#of = { marks, picks, colouring }
      this.#table = tabulate(marks, picks, colouring)
      this.#seen = emptyTable(this.#table.count, colouring.signs)
    }
    findInSight(this.#table, view, diameter / 2, this.#seen)
    paint(context, this.#pad, { r: (diameter / 2) * view.scale, shape, ratio }, this.#seen)
    return this.#seen.count
  }
}
