import type { Travel } from '../travel'
import { type Keys, keyFor, type Press } from './press'

interface TravelKey extends Keys {
  readonly what: string
  /** How the sheet writes the keys. */
  readonly shown: string
  run(travel: Travel): void
}

/** What keys mean while one looks at the past; all others keep their meaning. */
export const TRAVEL_KEYS: readonly TravelKey[] = [
  { keys: ['arrowleft'], what: 'The change before, on this micrograph', shown: '←', run: t => t.step(-1) },
  { keys: ['arrowright'], what: 'The change after, on this micrograph', shown: '→', run: t => t.step(1) },
  { keys: ['pageup'], what: 'The training before', shown: 'Page ↑', run: t => t.stepTraining(-1) },
  { keys: ['pagedown'], what: 'The training after', shown: 'Page ↓', run: t => t.stepTraining(1) },
  { keys: ['home'], what: 'The beginning', shown: 'Home', run: t => t.go(0) },
  { keys: ['end'], what: 'The last change', shown: 'End', run: t => t.go(t.last.peek()) },
  { keys: ['escape'], what: 'Back to now', shown: 'Esc', run: t => t.leave() },
]

/** Finds what a key press means while one looks at the past; null where that is nothing special. */
export function travelKeyFor(press: Press, travel: Travel): TravelKey | null {
  return travel.active && !press.shiftKey ? keyFor(TRAVEL_KEYS, press) : null
}
