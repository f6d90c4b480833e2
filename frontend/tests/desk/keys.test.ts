import { expect, test } from 'vitest'
import { bindingFor, KEYS } from '../../src/desk/keys'

const press = (key: string, more: { ctrlKey?: boolean; metaKey?: boolean; altKey?: boolean } = {}) =>
  bindingFor({ key, ctrlKey: false, metaKey: false, altKey: false, ...more })?.what

test('no key means two things', () => {
  const all = KEYS.flatMap(({ keys, ctrl }) => keys.map(key => `${ctrl ? 'ctrl ' : ''}${key}`))
  expect(new Set(all).size).toBe(all.length)
})

test('letters mean the same in both cases', () => {
  expect(press('P')).toBe(press('p'))
})

test('undo takes Ctrl or ⌘ and no bare letter', () => {
  expect(press('z', { ctrlKey: true })).toMatch(/^Undo/)
  expect(press('z', { metaKey: true })).toMatch(/^Undo/)
  expect(press('z')).toBeUndefined()
})

test('Ctrl C stays with the browser', () => {
  expect(press('c', { ctrlKey: true })).toBeUndefined()
})
