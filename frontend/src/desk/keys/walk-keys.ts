import type { Walk } from '../walk'
import { type Keys, keyFor, type Press } from './press'

interface WalkKey extends Keys {
  readonly what: string
  /** How the sheet writes the keys. */
  readonly shown: string
  /** Also once every place is passed. */
  readonly atEnd?: true
  run(walk: Walk): void
}

/** What keys mean while places to label are walked through; all others keep their meaning. */
export const WALK_KEYS: readonly WalkKey[] = [
  { keys: ['p'], what: 'Particle, then the next place', shown: 'P', run: walk => walk.answer('particle') },
  {
    keys: ['b'],
    what: 'Background, then the next place',
    shown: 'B',
    run: walk => walk.answer('background'),
  },
  {
    keys: ['c'],
    what: 'Contamination, then the next place',
    shown: 'C',
    run: walk => walk.answer('contamination'),
  },
  { keys: ['s', 'arrowright'], what: 'Skip', shown: 'S →', run: walk => walk.go(1) },
  { keys: ['arrowleft'], what: 'Back', shown: '←', atEnd: true, run: walk => walk.go(-1) },
  { keys: ['escape'], what: 'Leave', shown: 'Esc', atEnd: true, run: walk => walk.leave() },
]

/** Finds what a key press means for the walk; null where there is none, or the key is not the walk's. */
export function walkKeyFor(press: Press, walk: Walk): WalkKey | null {
  if (press.shiftKey || !walk.active.peek()) return null
  const found = keyFor(WALK_KEYS, press)
  return found && (walk.place.peek() || found.atEnd) ? found : null
}
