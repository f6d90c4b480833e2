import type { ToolName } from '../../tools/tool'
import type { LabelKind } from '../../wire'
import type { KeyBinding, KeyContext } from './key-binding'
import { QUEUE_KEYS } from './queue-keys'
import { VIEW_KEYS } from './view-keys'

const tool = (key: string, name: ToolName, what: string): KeyBinding => ({
  keys: [key],
  group: 'Tools',
  what,
  run: ({ commands }) => commands.choose(name),
})

const kind = (key: string, name: LabelKind): KeyBinding => ({
  keys: [key],
  shift: true,
  group: 'Selection',
  what: `Change the selection to ${name}`,
  shown: `Shift ${key.toUpperCase()}`,
  run: ({ commands }) => commands.makeKind(name),
})

function arrow({ commands }: KeyContext, event: KeyboardEvent): void {
  const step = event.shiftKey ? 10 : 1
  const dx = event.key === 'ArrowLeft' ? -step : event.key === 'ArrowRight' ? step : 0
  const dy = event.key === 'ArrowUp' ? -step : event.key === 'ArrowDown' ? step : 0
  if (!commands.nudge(dx, dy)) commands.go(Math.sign(dx + dy))
}

const AFTER = { kind: 'score', score: 'who', who: 'kind' } as const

/** Every key of the canvas: the `?` sheet is made from this list. */
export const KEYS: readonly KeyBinding[] = [
  tool('v', 'select', 'Select and pan'),
  tool('s', 'box', 'Box select (Shift adds, Alt subtracts)'),
  tool('q', 'lasso', 'Lasso select (Shift adds, Alt subtracts)'),
  tool('p', 'particle', 'Mark particles'),
  tool('b', 'background', 'Mark background'),
  tool('c', 'contamination', 'Mark contamination'),
  tool('l', 'region', 'Draw a contamination region (Alt cuts from regions)'),
  tool('g', 'polygon', 'Draw a contamination polygon (Alt cuts from regions)'),
  tool('m', 'move', 'Move labels, picks and corners of regions'),
  tool('u', 'ruler', 'Measure a distance'),
  tool('e', 'erase', 'Erase labels, reject picks'),
  {
    keys: ['a'],
    group: 'Picks',
    what: 'Accept the selection, or the pick under the cursor',
    run: ({ commands }) => commands.judge('accept'),
  },
  {
    keys: ['r'],
    group: 'Picks',
    what: 'Reject the selection, or the pick under the cursor',
    run: ({ commands }) => commands.judge('reject'),
  },
  {
    keys: ['delete', 'backspace'],
    group: 'Selection',
    what: 'Erase the selection, or a corner of a polygon',
    shown: 'Del',
    run: ({ stage, commands }) => {
      if (!stage.back()) commands.erase()
    },
  },
  kind('p', 'particle'),
  kind('b', 'background'),
  kind('c', 'contamination'),
  {
    keys: ['x'],
    group: 'Selection',
    what: 'Centre it on what is in its box',
    run: ({ commands }) => void commands.snap(),
  },
  {
    keys: ['a'],
    ctrl: true,
    group: 'Selection',
    what: 'Select all labels and picks (Shift: all others)',
    shown: 'Ctrl A',
    run: ({ commands }, event) => commands.selectAll(event.shiftKey),
  },
  {
    keys: ['z'],
    ctrl: true,
    group: 'Edit',
    what: 'Undo your last change (Shift: redo)',
    shown: 'Ctrl Z',
    run: ({ commands }, event) => (event.shiftKey ? commands.redo() : commands.undo()),
  },
  {
    keys: ['y'],
    ctrl: true,
    group: 'Edit',
    what: 'Redo',
    shown: 'Ctrl Y',
    run: ({ commands }) => commands.redo(),
  },
  {
    keys: ['enter'],
    group: 'Edit',
    what: 'Close the polygon',
    shown: 'Enter',
    run: ({ stage }) => stage.finish(),
  },
  {
    keys: ['escape'],
    group: 'Edit',
    what: 'Cancel, stop following, close the gallery, the averages or a preview, or clear the selection',
    shown: 'Esc',
    run: ({ desk, stage, commands }) => {
      if (stage.tool().preview) stage.input.cancel()
      else if (desk.presence.following.peek() !== null) desk.presence.leave()
      else if (desk.gallery.seen) desk.gallery.toggle()
      else if (desk.averages.seen) desk.averages.toggle()
      else if (desk.selection.targets.peek().length > 0) desk.selection.clear()
      else if (desk.compared.shown.peek()) desk.compared.leave()
      else if (desk.exports.shown.peek()) desk.exports.shown.value = null
      else commands.choose('select')
    },
  },
  {
    keys: ['t'],
    group: 'View',
    what: 'All trainings, to compare',
    run: ({ desk }) => {
      desk.dialog.value = 'trainings'
    },
  },
  { keys: ['f'], group: 'View', what: 'Fit the micrograph', run: ({ stage }) => stage.viewer.fit() },
  {
    keys: ['+', '='],
    group: 'View',
    what: 'Zoom in',
    shown: '+',
    run: ({ stage }) => stage.viewer.zoomBy(1.5),
  },
  { keys: ['-'], group: 'View', what: 'Zoom out', run: ({ stage }) => stage.viewer.zoomBy(1 / 1.5) },
  {
    keys: ['o'],
    group: 'View',
    what: 'Circles or boxes',
    run: ({ desk }) => desk.set({ shape: desk.settings.peek().shape === 'circle' ? 'box' : 'circle' }),
  },
  {
    keys: ['h'],
    group: 'View',
    what: 'Hide or show marks',
    run: ({ desk }) => desk.set({ marks: !desk.settings.peek().marks }),
  },
  {
    keys: ['j'],
    shift: true,
    shown: 'Shift J',
    group: 'Team',
    what: 'Show everyone this place: a ring at the cursor',
    run: ({ commands }) => commands.point(),
  },
  {
    keys: ['i'],
    group: 'View',
    what: 'Invert the image',
    run: ({ desk }) => desk.set({ invert: !desk.settings.peek().invert }),
  },
  {
    keys: [']'],
    group: 'Micrographs',
    what: 'Next micrograph, or a larger eraser',
    run: ({ commands }) => commands.bracket(1),
  },
  {
    keys: ['['],
    group: 'Micrographs',
    what: 'Previous micrograph, or a smaller eraser',
    run: ({ commands }) => commands.bracket(-1),
  },
  {
    keys: ['f'],
    shift: true,
    group: 'Micrographs',
    what: 'Flag it for review, or remove the flag',
    shown: 'Shift F',
    run: ({ commands }) => void commands.flag(),
  },
  {
    keys: ['x'],
    shift: true,
    group: 'Micrographs',
    what: 'Exclude it, or include it again',
    shown: 'Shift X',
    run: ({ commands }) => void commands.exclude(),
  },
  {
    keys: ['n'],
    group: 'Micrographs',
    what: 'Next micrograph without labels',
    run: ({ commands }) => commands.nextUnlabelled(),
  },
  {
    keys: ['w'],
    group: 'Micrographs',
    what: 'Label these next',
    run: ({ desk }) => void desk.walk.start(),
  },
  {
    keys: ['arrowleft', 'arrowright', 'arrowup', 'arrowdown'],
    group: 'Micrographs',
    what: 'Nudge the selection by 1 px (Shift: 10), or switch micrograph',
    shown: '← ↑ ↓ →',
    run: arrow,
  },
  {
    keys: ['g'],
    shift: true,
    group: 'Micrographs',
    what: 'Gallery of crops',
    shown: 'Shift G',
    run: ({ desk }) => desk.gallery.toggle(),
  },
  {
    keys: ['s'],
    shift: true,
    group: 'Micrographs',
    what: 'Score plane beside the gallery',
    shown: 'Shift S',
    run: ({ desk }) => desk.gallery.togglePlane(),
  },
  {
    keys: ['l'],
    shift: true,
    group: 'Micrographs',
    what: 'Averages of the picks, sorted into classes',
    shown: 'Shift L',
    run: ({ desk }) => desk.averages.toggle(),
  },
  {
    keys: ['o'],
    shift: true,
    group: 'Micrographs',
    what: 'Overview of all micrographs',
    shown: 'Shift O',
    run: ({ desk }) => desk.overview.toggle(),
  },
  {
    keys: ['h'],
    shift: true,
    group: 'View',
    what: 'Next score map',
    shown: 'Shift H',
    run: ({ desk }) => desk.scoreMap.next(),
  },
  {
    keys: ['k'],
    shift: true,
    group: 'View',
    what: 'Colour marks by kind, score or person',
    shown: 'Shift K',
    run: ({ desk }) => desk.set({ colourBy: AFTER[desk.settings.peek().colourBy] }),
  },
  ...VIEW_KEYS,
  ...QUEUE_KEYS,
  {
    keys: ['?'],
    group: 'View',
    what: 'Keyboard shortcuts',
    run: ({ desk }) => {
      desk.dialog.value = 'keys'
    },
  },
]
