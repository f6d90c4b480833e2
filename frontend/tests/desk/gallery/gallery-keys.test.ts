import { expect, test } from 'vitest'
import { GALLERY_KEYS, type GalleryKeyContext } from '../../../src/desk/gallery/gallery-keys'
import { keyFor } from '../../../src/desk/keys/press'

const press = (key: string, more: { shiftKey?: boolean; ctrlKey?: boolean } = {}) =>
  keyFor(GALLERY_KEYS, { key, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, ...more })

function done(key: string, shiftKey = false): unknown[] {
  const notes: unknown[] = []
  const note =
    (what: string) =>
    (...more: unknown[]) =>
      notes.push([what, ...more])
  const commands = {
    judge: note('judge'),
    judgeFromHere: note('judgeFromHere'),
    label: note('label'),
    erase: note('erase'),
    show: note('show'),
    gallery: { at: { peek: () => 3 }, toggle: note('toggle') },
  }
  const context = { commands, move: note('move'), leave: note('leave') } as unknown as GalleryKeyContext
  press(key, { shiftKey })?.run(context, { key })
  return notes
}

const MOVES = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'PageUp', 'PageDown', 'Home', 'End']
const DOES: [string, boolean, unknown[]][] = [
  ['a', false, ['judge', 'accept']],
  ['r', false, ['judge', 'reject']],
  ['A', true, ['judgeFromHere', 'accept']],
  ['R', true, ['judgeFromHere', 'reject']],
  ['p', false, ['label', 'particle']],
  ['b', false, ['label', 'background']],
  ['c', false, ['label', 'contamination']],
  ['Delete', false, ['erase']],
  ['Backspace', false, ['erase']],
  ['Enter', false, ['show', 3]],
  ['Escape', false, ['toggle']],
  ...MOVES.map((key): [string, boolean, unknown[]] => [key, false, ['move', key]]),
]

test.each(DOES)('%s with shift %s', (key, shift, what) => {
  expect(done(key, shift)[0]).toEqual(what)
})

test('every key that the sheet documents is tried above', () => {
  const documented = GALLERY_KEYS.flatMap(({ keys, shift }) => keys.map(key => `${key} ${shift ?? false}`))
  expect(DOES.map(([key, shift]) => `${key.toLowerCase()} ${shift}`).sort()).toEqual(documented.sort())
})

test('no key of the gallery means two things', () => {
  const all = GALLERY_KEYS.flatMap(({ keys, shift }) => keys.map(key => `${shift ? 'shift ' : ''}${key}`))
  expect(new Set(all).size).toBe(all.length)
})

test('undo and the keys of the canvas go on to the canvas', () => {
  expect(press('z', { ctrlKey: true })).toBeNull()
  expect(press('g')).toBeNull()
})
