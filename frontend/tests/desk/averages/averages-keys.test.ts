import { expect, test } from 'vitest'
import { AVERAGES_KEYS, type AveragesKeyContext } from '../../../src/desk/averages/averages-keys'
import { GALLERY_KEYS } from '../../../src/desk/gallery/gallery-keys'
import { keyFor } from '../../../src/desk/keys/press'

const NONE = { shiftKey: false, ctrlKey: false, metaKey: false, altKey: false }

function done(key: string): unknown[] {
  const notes: unknown[] = []
  const note =
    (...what: unknown[]) =>
    (...more: unknown[]) =>
      notes.push([...what, ...more])
  const commands = { judge: note('judge'), averages: { showCrops: note('showCrops') } }
  const context = { commands, move: note('move'), close: note('close') } as unknown as AveragesKeyContext
  keyFor(AVERAGES_KEYS, { ...NONE, key })?.run(context, { key })
  return notes
}

const MOVES = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'PageUp', 'PageDown', 'Home', 'End']
const DOES: [string, unknown[]][] = [
  ['a', ['judge', 'accept']],
  ['r', ['judge', 'reject']],
  ['Enter', ['showCrops']],
  ['Escape', ['close']],
  ...MOVES.map((key): [string, unknown[]] => [key, ['move', key]]),
]

test.each(DOES)('%s', (key, what) => {
  expect(done(key)).toEqual([what])
})

test('every key that the sheet documents is tried above', () => {
  const documented = AVERAGES_KEYS.flatMap(({ keys }) => keys)
  expect(DOES.map(([key]) => key.toLowerCase()).sort()).toEqual([...documented].sort())
})

test('what accepts and rejects in the gallery does so here', () => {
  const judging = (keys: readonly { readonly keys: readonly string[]; readonly what: string }[]) =>
    keys.filter(({ what }) => /^(Accept|Reject) (the pick|all picks)/.test(what)).map(each => each.keys)
  expect(judging(AVERAGES_KEYS)).toEqual(judging(GALLERY_KEYS))
})

test('undo goes on to the canvas', () => {
  expect(keyFor(AVERAGES_KEYS, { ...NONE, key: 'z', ctrlKey: true })).toBeNull()
})
