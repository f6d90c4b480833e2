import { expect, test } from 'vitest'
import offers from '../../../tests/data/goodbyes.json'
import type { Offer } from '../../src/live/message'

test('what the server offers a page that it sends away is what the page knows', () => {
  const known: Record<Offer, true> = { projects: true, reload: true, sign_in: true, snapshot: true }
  expect(Object.keys(known)).toEqual(offers)
})
