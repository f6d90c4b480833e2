import type { Signal } from '@preact/signals'
import type { Point } from '../../geometry/point'
import type { Told } from '../../wire'
import { eventMark, isDeletion, isPut, middleOf } from '../marks/mark'
import type { MarkStore } from '../marks/marks'

/** Where somebody else changed a mark a moment ago. */
export interface Lately {
  readonly person: number
  readonly micrograph: number
  readonly at: Point
  /** As performance.now() counts. */
  readonly since: number
}

/** More marks than this of one person in one message are a mass change, of which nothing is said. */
const MASS = 3

/** Notes them; the change before of somebody who did nothing since stays. */
export function noteLately(
  lately: Signal<readonly Lately[]>,
  events: readonly Told[],
  marks: MarkStore,
  you: number | undefined,
): void {
  const found = latelyIn(events, marks, you)
  if (found.length === 0) return
  const before = lately.peek().filter(old => !found.some(({ person }) => person === old.person))
  lately.value = [...before, ...found]
}

/** The last change of each other person in a message, before it is applied: what is erased is there still. */
export function latelyIn(
  events: readonly Told[],
  marks: MarkStore,
  you: number | undefined,
  now = performance.now(),
): Lately[] {
  const counts = new Map<number, number>()
  const last = new Map<number, Lately>()
  for (const { event, actor } of events) {
    if (actor === null || actor === you) continue
    const mark = isPut(event) ? eventMark(event, 0) : isDeletion(event) ? marks.get(event.id) : null
    if (!mark) continue
    counts.set(actor, (counts.get(actor) ?? 0) + 1)
    last.set(actor, { person: actor, micrograph: mark.micrograph, at: middleOf(mark), since: now })
  }
  return [...last.values()].filter(({ person }) => (counts.get(person) ?? 0) <= MASS)
}
