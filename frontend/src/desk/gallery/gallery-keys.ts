import type { Keys } from '../keys/press'
import { type GalleryCommands, SOME } from './gallery-commands'

export interface GalleryKeyContext {
  readonly commands: GalleryCommands
  /** Goes to another crop by a key of movement. */
  move(key: string): void
  /** Leaves the gallery for the canvas. */
  leave(): void
}

export interface GalleryKey extends Keys {
  readonly what: string
  /** How the sheet writes the keys. */
  readonly shown: string
  run(context: GalleryKeyContext, event: Pick<KeyboardEvent, 'key'>): void
}

/** What keys mean while the gallery has the focus; all others are the canvas's. Shown in the `?` sheet. */
export const GALLERY_KEYS: readonly GalleryKey[] = [
  {
    keys: ['arrowleft', 'arrowright', 'arrowup', 'arrowdown', 'pageup', 'pagedown', 'home', 'end'],
    what: 'Go to another crop',
    shown: '← ↑ ↓ →',
    run: ({ move }, { key }) => move(key),
  },
  {
    keys: ['enter'],
    what: 'Show the crop on the canvas',
    shown: 'Enter',
    run: ({ commands, leave }) => {
      commands.show(commands.gallery.at.peek())
      leave()
    },
  },
  {
    keys: ['a'],
    what: 'Accept the pick',
    shown: 'A',
    run: ({ commands }) => commands.judge('accept'),
  },
  {
    keys: ['r'],
    what: 'Reject the pick',
    shown: 'R',
    run: ({ commands }) => commands.judge('reject'),
  },
  {
    keys: ['a'],
    shift: true,
    what: 'Accept this one and all after it',
    shown: 'Shift A',
    run: ({ commands }) => commands.judgeFromHere('accept'),
  },
  {
    keys: ['r'],
    shift: true,
    what: 'Reject this one and all after it',
    shown: 'Shift R',
    run: ({ commands }) => commands.judgeFromHere('reject'),
  },
  {
    keys: ['enter'],
    ctrl: true,
    what: `Accept the ${SOME} surest picks`,
    shown: 'Ctrl Enter',
    run: ({ commands }) => commands.judgeSome('accept'),
  },
  {
    keys: ['delete', 'backspace'],
    ctrl: true,
    what: `Reject the ${SOME} most doubtful picks`,
    shown: 'Ctrl Del',
    run: ({ commands }) => commands.judgeSome('reject'),
  },
  { keys: ['p'], what: 'Make it a particle', shown: 'P', run: ({ commands }) => commands.label('particle') },
  {
    keys: ['b'],
    what: 'Make it background',
    shown: 'B',
    run: ({ commands }) => commands.label('background'),
  },
  {
    keys: ['c'],
    what: 'Make it contamination',
    shown: 'C',
    run: ({ commands }) => commands.label('contamination'),
  },
  {
    keys: ['delete', 'backspace'],
    what: 'Erase the label, reject the pick',
    shown: 'Del',
    run: ({ commands }) => commands.erase(),
  },
  {
    keys: ['escape'],
    what: 'Close the gallery',
    shown: 'Esc',
    run: ({ commands, leave }) => {
      commands.gallery.toggle()
      leave()
    },
  },
]
