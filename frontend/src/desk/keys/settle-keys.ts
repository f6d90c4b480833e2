import type { Settling } from '../settling'
import { type Keys, keyFor, type Press } from './press'

interface SettleKey extends Keys {
  readonly what: string
  /** How the sheet writes the keys. */
  readonly shown: string
  /** Also once every difference is passed. */
  readonly atEnd?: true
  run(settling: Settling): void
}

/** What keys mean while differences are settled; all others keep their meaning. */
export const SETTLE_KEYS: readonly SettleKey[] = [
  { keys: ['a'], what: 'The first person is right', shown: 'A', run: settling => settling.answer('first') },
  { keys: ['b'], what: 'The second person is right', shown: 'B', run: settling => settling.answer('second') },
  { keys: ['enter'], what: 'Keep both labels', shown: 'Enter', run: settling => settling.answer('both') },
  {
    keys: ['delete', 'backspace'],
    what: 'Keep neither',
    shown: 'Del',
    run: settling => settling.answer('neither'),
  },
  { keys: ['s', 'arrowright'], what: 'Skip', shown: 'S →', run: settling => settling.go(1) },
  { keys: ['arrowleft'], what: 'Back', shown: '←', atEnd: true, run: settling => settling.go(-1) },
  { keys: ['escape'], what: 'Leave', shown: 'Esc', atEnd: true, run: settling => settling.leave() },
]

/** Finds what a key press means for settling; null where there is none, or the key is not one of these. */
export function settleKeyFor(press: Press, settling: Settling): SettleKey | null {
  if (press.shiftKey || !settling.active.peek()) return null
  const found = keyFor(SETTLE_KEYS, press)
  return found && (settling.place.peek() || found.atEnd) ? found : null
}
