import { signal } from '@preact/signals'
import { expect, test, vi } from 'vitest'
import type { Desk } from '../../../src/desk/desk'
import { GalleryCommands } from '../../../src/desk/gallery/gallery-commands'

test('where there are no picks yet, it says so instead of judging none', () => {
  const [say, showJudged] = [vi.fn(), vi.fn()]
  const desk = { state: { locked: signal('') }, gallery: { open: () => [], showJudged }, say }
  new GalleryCommands(desk as unknown as Desk).judgeSome('accept')
  expect(say).toHaveBeenCalledWith('There are no picks to accept yet.')
  expect(showJudged).not.toHaveBeenCalled()
})
