import { expect, test } from 'vitest'
import { loadAveragesSettings } from '../../../src/model/averages/averages-settings'
import { fakeStorage } from '../../fake-storage'

test('what somebody likes is kept, and what cannot be read is as at first', () => {
  const storage = fakeStorage()
  const settings = loadAveragesSettings(storage)
  settings.value = { ...settings.value, sort: 'resolution', size: 'large' }
  expect(loadAveragesSettings(storage).value).toMatchObject({ sort: 'resolution', size: 'large' })
  storage.setItem('cryoweb.averages', '{')
  expect(loadAveragesSettings(storage).value).toMatchObject({ sort: 'count', descending: true })
})

test('a size or an order that an older page kept, and that is gone, is as at first', () => {
  const storage = fakeStorage()
  storage.setItem('cryoweb.averages', '{"sort":"colour","size":"huge","descending":false}')
  expect(loadAveragesSettings(storage).value).toEqual({ sort: 'count', size: 'medium', descending: false })
})
