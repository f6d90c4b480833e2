import { signal } from '@preact/signals'
import { expect, test } from 'vitest'
import { Sections } from '../../src/desk/sections'
import { PLAIN } from '../../src/model/view/settings'

test('a section that is folded away is unfolded when it is asked for, each time anew', () => {
  const sections = new Sections(signal(PLAIN))
  sections.fold('Train')
  sections.fold('Quality')
  expect(sections.isFolded('Train')).toBe(true)
  sections.reveal('Train')
  const first = sections.revealed.value
  sections.reveal('Train')
  expect([sections.isFolded('Train'), sections.isFolded('Quality')]).toEqual([false, true])
  expect([first, sections.revealed.value === first]).toEqual([{ section: 'Train' }, false])
})
