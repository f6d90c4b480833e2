import { expect, test } from 'vitest'
import { GALLERY_KEYS, type GalleryKeyContext } from '../../../src/desk/gallery/gallery-keys'
import { keyFor } from '../../../src/desk/keys/press'

const press = (key: string, more: { shiftKey?: boolean; ctrlKey?: boolean } = {}) =>
  keyFor(GALLERY_KEYS, { key, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, ...more })

type Held = '' | 'shift' | 'ctrl'

function done(key: string, held: Held = ''): unknown[] {
  const notes: unknown[] = []
  const note =
    (what: string) =>
    (...more: unknown[]) =>
      notes.push([what, ...more])
  const commands = {
    judge: note('judge'),
    judgeFromHere: note('judgeFromHere'),
    judgeSome: note('judgeSome'),
    label: note('label'),
    erase: note('erase'),
    show: note('show'),
    gallery: { at: { peek: () => 3 }, toggle: note('toggle') },
  }
  const context = { commands, move: note('move'), leave: note('leave') } as unknown as GalleryKeyContext
  press(key, { shiftKey: held === 'shift', ctrlKey: held === 'ctrl' })?.run(context, { key })
  return notes
}

const MOVES = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'PageUp', 'PageDown', 'Home', 'End']
const DOES: [string, Held, unknown[]][] = [
  ['a', '', ['judge', 'accept']],
  ['r', '', ['judge', 'reject']],
  ['A', 'shift', ['judgeFromHere', 'accept']],
  ['R', 'shift', ['judgeFromHere', 'reject']],
  ['p', '', ['label', 'particle']],
  ['b', '', ['label', 'background']],
  ['c', '', ['label', 'contamination']],
  ['Delete', '', ['erase']],
  ['Backspace', '', ['erase']],
  ['Enter', '', ['show', 3]],
  ['Enter', 'ctrl', ['judgeSome', 'accept']],
  ['Delete', 'ctrl', ['judgeSome', 'reject']],
  ['Backspace', 'ctrl', ['judgeSome', 'reject']],
  ['Escape', '', ['toggle']],
  ...MOVES.map((key): [string, Held, unknown[]] => [key, '', ['move', key]]),
]

test.each(DOES)('%s with “%s”', (key, held, what) => {
  expect(done(key, held)[0]).toEqual(what)
})

const documented = GALLERY_KEYS.flatMap(({ keys, shift, ctrl }) =>
  keys.map(key => `${key} ${shift ? 'shift' : ctrl ? 'ctrl' : ''}`),
)

test('every key that the sheet documents is tried above', () => {
  expect(DOES.map(([key, held]) => `${key.toLowerCase()} ${held}`).sort()).toEqual([...documented].sort())
})

test('no key of the gallery means two things', () => {
  expect(new Set(documented).size).toBe(documented.length)
})

test('undo and the keys of the canvas go on to the canvas', () => {
  expect(press('z', { ctrlKey: true })).toBeNull()
  expect(press('g')).toBeNull()
})
