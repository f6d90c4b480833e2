import { expect, test } from 'vitest'
import { PickStore } from '../../../src/model/picks/picks'
import { block } from '../../make'

test('picks of an older training that arrive late are ignored', () => {
  const store = new PickStore()
  store.put(1, block([[1, 1, 1, 0]], 5))
  store.put(1, block([], 4))
  expect(store.of(1)?.source).toBe(5)
})
