import { signal } from '@preact/signals'
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { KeyContext } from '../../../src/desk/keys/key-binding'
import { KEYS } from '../../../src/desk/keys/keys'
import { listenToKeys } from '../../../src/desk/keys/listen'
import { SIDES } from '../../../src/desk/side'
import { PLAIN } from '../../../src/model/view/settings'

/** What each press does: of every key of the `?` sheet, and of no other. */
const DOES: Record<string, string> = {
  v: 'choose select',
  s: 'choose box',
  q: 'choose lasso',
  p: 'choose particle',
  b: 'choose background',
  c: 'choose contamination',
  l: 'choose region',
  g: 'choose polygon',
  m: 'choose move',
  u: 'choose ruler',
  e: 'choose erase',
  a: 'judge accept',
  r: 'judge reject',
  delete: 'back, erase',
  backspace: 'back, erase',
  'shift p': 'makeKind particle',
  'shift b': 'makeKind background',
  'shift c': 'makeKind contamination',
  x: 'snap',
  'ctrl a': 'selectAll false',
  'ctrl shift a': 'selectAll true',
  'ctrl z': 'undo',
  'ctrl shift z': 'redo',
  'ctrl y': 'redo',
  enter: 'finish',
  escape: 'choose select',
  t: 'dialog trainings',
  f: 'fit',
  '+': 'zoomBy 1.5',
  '=': 'zoomBy 1.5',
  '-': `zoomBy ${1 / 1.5}`,
  o: 'shape box',
  h: 'marks false',
  i: 'invert true',
  'shift j': 'point',
  ']': 'bracket 1',
  '[': 'bracket -1',
  'shift f': 'flag',
  'shift x': 'exclude',
  n: 'nextUnlabelled',
  w: 'walk',
  arrowleft: 'nudge -1 0, go -1',
  arrowright: 'nudge 1 0, go 1',
  arrowup: 'nudge 0 -1, go -1',
  arrowdown: 'nudge 0 1, go 1',
  'shift arrowleft': 'nudge -10 0, go -1',
  'shift arrowright': 'nudge 10 0, go 1',
  'shift arrowup': 'nudge 0 -10, go -1',
  'shift arrowdown': 'nudge 0 10, go 1',
  'shift g': 'gallery',
  'shift s': 'plane',
  'shift l': 'averages',
  'shift o': 'overview',
  'shift h': 'scoreMap',
  'shift k': 'colourBy score',
  k: 'auto false',
  'shift d': 'look filtered',
  d: 'look denoised',
  'shift v': 'split',
  ',': 'splitAt 0.45',
  '.': 'splitAt 0.55',
  'shift m': 'map false',
  j: 'pin',
  y: 'doneAndNext',
  'shift y': 'done',
  'shift n': 'next',
  'shift t': 'dialog spectrum',
  '?': 'dialog keys',
  ...Object.fromEntries(SIDES.map((name, index) => [String(index + 1), `side ${name}`])),
}

let done: string[]
let context: ReturnType<typeof fake>
let stop: () => void
/** The dialog or menu that lies over the page. */
let covering: object | null

beforeEach(() => {
  done = []
  context = fake()
  vi.stubGlobal('document', Object.assign(new EventTarget(), { querySelector: () => covering }))
  covering = null
  for (const name of ['Input', 'TextArea', 'Select', 'Button', 'Anchor'])
    vi.stubGlobal(`HTML${name}Element`, class extends EventTarget {})
  stop = listenToKeys(context as unknown as KeyContext)
})

afterEach(() => stop())
afterAll(() => vi.unstubAllGlobals())

/** A desk, a stage and commands that note what they are asked for. */
function fake() {
  const note =
    (what: string, answer?: unknown) =>
    (...more: unknown[]) => {
      done.push([what, ...more].join(' '))
      return answer
    }
  const names = ['choose', 'judge', 'erase', 'makeKind', 'snap', 'selectAll', 'undo', 'redo', 'go', 'bracket']
  const commands = [...names, 'flag', 'exclude', 'nextUnlabelled', 'nudge', 'point'].map(name => [
    name,
    note(name),
  ])
  const settings = signal(PLAIN)
  const dialog = signal<string | null>(null)
  const side = signal<string | null>(null)
  const desk = {
    settings,
    dialog,
    side,
    set: (change: object) => {
      settings.value = { ...settings.peek(), ...change }
    },
    selection: { targets: signal([]), clear: note('clear') },
    compared: { shown: signal<object | null>(null), leave: note('leave') },
    exports: { shown: signal<object | null>(null) },
    micrograph: signal({ id: 1 }),
    settling: { active: signal(false), place: signal(null) },
    walk: { active: signal(false), place: signal({}), start: note('walk'), answer: note('answer') },
    overview: { open: signal(false), toggle: note('overview') },
    averages: { open: signal(false), seen: false, toggle: note('averages') },
    presence: { following: signal<number | null>(null), leave: note('unfollow') },
    gallery: { seen: false, toggle: note('gallery'), togglePlane: note('plane') },
    split: signal(0.5),
    flipSplit: note('split'),
    scoreMap: { next: note('scoreMap') },
    comments: { pin: note('pin') },
    travel: { active: false, step: note('step'), leave: note('back to now') },
    turns: { next: note('next'), done: note('done'), doneAndNext: note('doneAndNext') },
  }
  settings.subscribe(now => {
    for (const [name, value] of Object.entries(now))
      if (value !== PLAIN[name as keyof typeof PLAIN]) done.push(`${name} ${value}`)
  })
  dialog.subscribe(name => void (name && done.push(`dialog ${name}`)))
  side.subscribe(name => void (name && done.push(`side ${name}`)))
  const viewer = { fit: note('fit'), zoomBy: note('zoomBy') }
  const stage = { viewer, tool: () => ({}), back: note('back'), finish: note('finish'), spaceHeld: false }
  return { desk, stage, commands: Object.fromEntries(commands) }
}

/** Presses a key on the document, as `ctrl shift z` says it, and answers what that did. */
function press(keys: string, type = 'keydown', target: EventTarget = document): string {
  const held = keys.split(' ')
  const key = (held.at(-1) || ' ').replace(/^arrow./, start => `Arrow${start.slice(-1).toUpperCase()}`)
  const modifiers = { ctrlKey: held.includes('ctrl'), shiftKey: held.includes('shift') }
  const event = new Event(type, { cancelable: true })
  Object.assign(event, { key, metaKey: false, altKey: false, ...modifiers })
  if (target !== document) Object.defineProperty(event, 'target', { value: target })
  document.dispatchEvent(event)
  return done.join(', ')
}

describe('the keys of the canvas', () => {
  test.each(Object.entries(DOES))('%s: %s', (keys, what) => {
    expect(press(keys)).toBe(what)
  })

  test('every key that the sheet documents is tried above, and no other', () => {
    const documented = KEYS.flatMap(({ keys, ctrl, shift }) =>
      keys.map(key => `${ctrl ? 'ctrl ' : ''}${shift ? 'shift ' : ''}${key}`),
    )
    const withShiftToo = Object.keys(DOES).map(keys =>
      documented.includes(keys) ? keys : keys.replace('shift ', ''),
    )
    expect([...new Set(withShiftToo)].sort()).toEqual(documented.sort())
  })

  test('no two lines of the sheet do the same, but that Escape ends at the tool of V', () => {
    const all = KEYS.map(
      ({ keys, ctrl, shift }) => DOES[`${ctrl ? 'ctrl ' : ''}${shift ? 'shift ' : ''}${keys[0]}`],
    )
    const twice = all.filter((what, i) => all.indexOf(what) !== i)
    expect(twice).toEqual(['choose select'])
  })
})

test('Escape gives up the gesture, then whom one follows, the selection, the comparison, the preview and the tool', () => {
  const stage = context.stage as { tool: () => object; input?: object }
  stage.tool = () => ({ preview: {} })
  stage.input = { cancel: () => done.push('cancel') }
  context.desk.selection.targets.value = [{}] as never[]
  press('escape')
  stage.tool = () => ({})
  context.desk.presence.following.value = 8
  press('escape')
  context.desk.presence.following.value = null
  press('escape')
  context.desk.selection.targets.value = []
  context.desk.compared.shown.value = {}
  context.desk.exports.shown.value = {}
  press('escape')
  context.desk.compared.shown.value = null
  press('escape')
  expect(context.desk.exports.shown.value).toBeNull()
  expect(press('escape')).toBe('cancel, unfollow, clear, leave, choose select')
})

describe('Escape closes an open gallery', () => {
  const fields = { canvas: '', text: 'text', slider: 'range' }
  test.each(Object.entries(fields))('wherever the focus is: %s', (_, type) => {
    context.desk.gallery.seen = true
    const target = type ? Object.assign(new HTMLInputElement(), { type }) : document
    expect(press('Escape', 'keydown', target)).toBe('gallery')
  })

  test('before a walk ends and what is selected is let go', () => {
    context.desk.gallery.seen = true
    context.desk.walk.active.value = true
    context.desk.selection.targets.value = [{}] as never[]
    expect(press('Escape')).toBe('gallery')
  })

  test('and is nobody else’s key where the gallery is closed: a field keeps it', () => {
    const field = Object.assign(new HTMLInputElement(), { type: 'text' })
    expect(press('Escape', 'keydown', field)).toBe('')
  })
})

describe('where keys go', () => {
  test('in the past its keys come before the others', () => {
    context.desk.travel.active = true
    expect(press('arrowleft')).toBe('step -1')
    expect(press('f')).toBe('step -1, fit')
    expect(press('escape')).toBe('step -1, fit, back to now')
  })

  test('in a walk its keys come before the tools’', () => {
    context.desk.walk.active.value = true
    expect(press('p')).toBe('answer particle')
  })

  test('behind an open dialog no key does anything', () => {
    context.desk.dialog.value = 'members'
    done.length = 0
    expect(press('p')).toBe('')
    context.desk.dialog.value = null
    covering = {}
    expect(press('delete')).toBe('')
  })

  test('fields keep what is typed into them', () => {
    const field = Object.assign(new HTMLInputElement(), { type: 'text' })
    expect(press('p', 'keydown', field)).toBe('')
  })

  test('sliders keep the keys that move them, and leave letters to the canvas', () => {
    const slider = Object.assign(new HTMLInputElement(), { type: 'range' })
    expect(press('ArrowLeft', 'keydown', slider)).toBe('')
    expect(press('p', 'keydown', slider)).toBe('choose particle')
  })

  test('Space is held to pan, and presses a button that has the focus', () => {
    press('', 'keydown', new HTMLButtonElement())
    expect(context.stage.spaceHeld).toBe(false)
    press('')
    expect(context.stage.spaceHeld).toBe(true)
    press('', 'keyup')
    expect(context.stage.spaceHeld).toBe(false)
  })
})
