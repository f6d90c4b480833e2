import { expect, test } from 'vitest'
import { GALLERY_KEYS } from '../../../src/desk/gallery/gallery-keys'
import { KEYS } from '../../../src/desk/keys/keys'
import { type Keys, keyFor } from '../../../src/desk/keys/press'
import { SETTLE_KEYS } from '../../../src/desk/keys/settle-keys'
import { TRAVEL_KEYS } from '../../../src/desk/keys/travel-keys'
import { WALK_KEYS } from '../../../src/desk/keys/walk-keys'

type Held = { ctrlKey?: boolean; metaKey?: boolean; altKey?: boolean; shiftKey?: boolean }

const press = (key: string, held: Held = {}) =>
  keyFor(KEYS, { key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held })?.what

test('no key means two things', () => {
  const all = KEYS.flatMap(({ keys, ctrl, shift }) =>
    keys.map(key => `${ctrl ? 'ctrl ' : ''}${shift ? 'shift ' : ''}${key}`),
  )
  expect(new Set(all).size).toBe(all.length)
})

test('letters mean the same in both cases', () => {
  expect(press('P')).toBe(press('p'))
})

test('Shift and a letter of a kind changes the selection, the letter alone chooses the tool', () => {
  expect(press('P', { shiftKey: true })).toBe('Change the selection to particle')
  expect(press('p')).toBe('Mark particles')
})

test('undo takes Ctrl or ⌘ and no bare letter', () => {
  expect(press('z', { ctrlKey: true })).toMatch(/^Undo/)
  expect(press('z', { metaKey: true })).toMatch(/^Undo/)
  expect(press('z')).toBeUndefined()
})

test('Ctrl C stays with the browser', () => {
  expect(press('c', { ctrlKey: true })).toBeUndefined()
})

const PANELS: Record<string, string> = import.meta.glob('../../../src/panels/**/*.tsx', {
  query: '?raw',
  import: 'default',
  eager: true,
})
const SHEET: readonly (Keys & { readonly shown?: string })[] = [
  ...KEYS,
  ...WALK_KEYS,
  ...SETTLE_KEYS,
  ...TRAVEL_KEYS,
  ...GALLERY_KEYS,
]

test('each key that a button or a hint names is in the sheet of keys', () => {
  const known = SHEET.flatMap(({ keys, shown = '' }) => [
    shown,
    ...shown.split(' '),
    ...keys.map(key => key.toUpperCase()),
  ])
  const named = Object.values(PANELS).flatMap(text => [
    ...[...text.matchAll(/<kbd>([^<{]+)<\/kbd>/g)].map(([, key]) => key),
    ...[...text.matchAll(/\b(?<!Ctrl )(?:Shift|Ctrl) [A-Z](?![a-z])/g)].map(([key]) => key),
  ])
  expect(named.length).toBeGreaterThan(15)
  expect(named.filter(key => key && !known.includes(key))).toEqual([])
})
