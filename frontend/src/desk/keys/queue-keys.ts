import type { KeyBinding } from './key-binding'

/** Keys that take micrographs from the queue and finish them. */
export const QUEUE_KEYS: readonly KeyBinding[] = [
  {
    keys: ['y'],
    group: 'Team',
    what: 'Done with this micrograph, and the next of yours',
    run: ({ desk }) => void desk.turns.doneAndNext(),
  },
  {
    keys: ['y'],
    shift: true,
    shown: 'Shift Y',
    group: 'Team',
    what: 'Done with this micrograph, or go on with it',
    run: ({ desk }) => void desk.turns.done(),
  },
  {
    keys: ['n'],
    shift: true,
    shown: 'Shift N',
    group: 'Team',
    what: 'Next micrograph of yours, or one that is free',
    run: ({ desk }) => void desk.turns.next(),
  },
]
