import { signal } from '@preact/signals'
import type { Point } from '../../geometry/point'
import type { Visible } from '../../geometry/view'
import type { Seen } from '../../wire'

/** What somebody sees of a micrograph and where they point, null while their pointer is elsewhere. Image pixels. */
export interface SeenBy {
  readonly person: number
  readonly micrograph: number
  readonly at: Point | null
  readonly view: Readonly<Visible>
  /** When their pointer last moved, as performance.now() counts. */
  readonly moved: number
}

/** What others see: the last that was told of each of them. */
export class Views {
  /** Counts the messages. */
  readonly changed = signal(0)
  readonly #seen = new Map<number, SeenBy>()

  take(micrograph: number, seen: readonly Seen[], now = performance.now()): void {
    for (const { person, at, view } of seen) {
      const before = this.on(micrograph, person)
      const [left, top, right, bottom] = view
      const stays = before && before.view.left === left && before.view.top === top
      const same = stays && before.view.right === right && before.view.bottom === bottom
      const rests = before && before.at?.x === at?.[0] && before.at?.y === at?.[1]
      this.#seen.set(person, {
        person,
        micrograph,
        at: at && { x: at[0], y: at[1] },
        view: same ? before.view : { left, top, right, bottom },
        moved: rests ? before.moved : now,
      })
    }
    this.changed.value++
  }

  /** What somebody sees of a micrograph; null where they were last on another one. */
  on(micrograph: number, person: number): SeenBy | null {
    const seen = this.#seen.get(person)
    return seen?.micrograph === micrograph ? seen : null
  }
}
