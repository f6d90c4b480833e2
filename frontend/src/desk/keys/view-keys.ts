import { SPLIT, splitAt } from '../../model/view/split'
import { SIDES } from '../side'
import type { KeyBinding } from './key-binding'

/** Keys that change how the micrograph is shown. */
export const VIEW_KEYS: readonly KeyBinding[] = [
  {
    keys: ['k'],
    group: 'View',
    what: 'Automatic contrast on or off',
    run: ({ desk }) => desk.set({ auto: !desk.settings.peek().auto }),
  },
  {
    keys: ['d'],
    shift: true,
    shown: 'Shift D',
    group: 'View',
    what: 'Filters on or off',
    run: ({ desk }) => desk.set({ look: desk.settings.peek().look === 'filtered' ? 'raw' : 'filtered' }),
  },
  {
    keys: ['d'],
    group: 'View',
    what: 'Denoised view on or off',
    run: ({ desk }) => desk.set({ look: desk.settings.peek().look === 'denoised' ? 'raw' : 'denoised' }),
  },
  {
    keys: ['v'],
    shift: true,
    shown: 'Shift V',
    group: 'View',
    what: 'Split view: raw beside filtered or denoised',
    run: ({ desk }) => desk.flipSplit(),
  },
  {
    keys: [',', '.'],
    shown: ', .',
    group: 'View',
    what: 'Move the divider of the split view',
    run: ({ desk }, { key }) => {
      const at = desk.split.peek()
      if (at !== null) desk.set(splitAt(at + (key === '.' ? SPLIT.step : -SPLIT.step)))
    },
  },
  {
    keys: ['m'],
    shift: true,
    shown: 'Shift M',
    group: 'View',
    what: 'Hide or show the minimap',
    run: ({ desk }) => desk.set({ map: !desk.settings.peek().map }),
  },
  {
    keys: ['j'],
    group: 'Team',
    what: 'Comment on the place under the cursor',
    run: ({ desk }) => desk.comments.pin(),
  },
  {
    keys: ['t'],
    shift: true,
    shown: 'Shift T',
    group: 'View',
    what: 'Power spectrum, with Thon rings',
    run: ({ desk }) => {
      if (desk.micrograph.peek()) desk.dialog.value = 'spectrum'
    },
  },
  {
    keys: SIDES.map((_, index) => String(index + 1)),
    shown: `1 – ${SIDES.length}`,
    group: 'Team',
    what: 'Tabs of the right panel',
    run: ({ desk }, { key }) => {
      desk.side.value = SIDES[Number(key) - 1] ?? 'picking'
    },
  },
]
