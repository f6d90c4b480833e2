import { expect, test } from 'vitest'
import { loadGallerySettings } from '../../../src/model/gallery/gallery-settings'
import { fakeStorage } from '../../fake-storage'

test('a gallery stays open in its project, and does not open in another', () => {
  const storage = fakeStorage()
  const first = loadGallerySettings(storage, 1)
  first.value = { ...first.peek(), open: true, size: 'large' }
  expect(loadGallerySettings(storage, 1).peek().open).toBe(true)
  expect(loadGallerySettings(storage, 2).peek()).toMatchObject({ open: false, size: 'large' })
})

test('crops are smoothed until a person wants them raw, and then stay so', () => {
  const storage = fakeStorage()
  const settings = loadGallerySettings(storage, 1)
  expect(settings.peek().smooth).toBe(true)
  settings.value = { ...settings.peek(), smooth: false }
  expect(loadGallerySettings(storage, 2).peek().smooth).toBe(false)
})
