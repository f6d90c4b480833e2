import { expect, test } from 'vitest'
import { KEYS } from '../../../src/desk/keys/keys'
import { keyFor } from '../../../src/desk/keys/press'

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
