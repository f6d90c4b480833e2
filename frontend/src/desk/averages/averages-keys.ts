import type { Keys } from '../keys/press'
import type { AveragesCommands } from './averages-commands'

export interface AveragesKeyContext {
  readonly commands: AveragesCommands
  /** Goes to another class by a key of movement. */
  move(key: string): void
  /** Closes the crops of the class, else the averages. */
  close(): void
}

export interface AveragesKey extends Keys {
  readonly what: string
  /** How the sheet writes the keys. */
  readonly shown: string
  run(context: AveragesKeyContext, event: Pick<KeyboardEvent, 'key'>): void
}

/** What keys mean while the classes have the focus. Shown in the `?` sheet. */
export const AVERAGES_KEYS: readonly AveragesKey[] = [
  {
    keys: ['arrowleft', 'arrowright', 'arrowup', 'arrowdown', 'pageup', 'pagedown', 'home', 'end'],
    what: 'Go to another class',
    shown: '← ↑ ↓ →',
    run: ({ move }, { key }) => move(key),
  },
  {
    keys: ['enter'],
    what: 'Show the crops of the class in the gallery',
    shown: 'Enter',
    run: ({ commands }) => commands.averages.showCrops(),
  },
  {
    keys: ['a'],
    what: 'Accept all picks of the class',
    shown: 'A',
    run: ({ commands }) => commands.judge('accept'),
  },
  {
    keys: ['r'],
    what: 'Reject all picks of the class',
    shown: 'R',
    run: ({ commands }) => commands.judge('reject'),
  },
  {
    keys: ['escape'],
    what: 'Close the crops, then the averages',
    shown: 'Esc',
    run: ({ close }) => close(),
  },
]
