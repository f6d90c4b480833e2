import { expect, test } from 'vitest'
import {
  connectionText,
  dismissalTitle,
  keptText,
  megabytes,
  plural,
  positive,
} from '../../src/panels/format'

test('bytes read as people say them', () => {
  expect([megabytes(43_200_000), megabytes(999), megabytes(1_500_000_000)]).toEqual([
    '43 MB',
    '1 kB',
    '1.5 GB',
  ])
})

test('one is not many', () => {
  expect([plural(1, 'pick'), plural(1234, 'pick')]).toEqual(['1 pick', '1,234 picks'])
})

test('only positive numbers are sizes', () => {
  expect([positive('1.77'), positive(''), positive('0'), positive('-1'), positive('abc')]).toEqual([
    1.77,
    null,
    null,
    null,
    null,
  ])
})

test('the connection says how much is waiting', () => {
  expect(connectionText('live', 0)).toBe('Live')
  expect(connectionText('offline', 3)).toBe('Offline – 3 changes waiting')
  expect(connectionText('offline', 1)).toBe('Offline – 1 change waiting')
})

test('a page that was sent away says what happened', () => {
  expect(dismissalTitle('sign_in')).toBe('You are signed out')
  expect(dismissalTitle('reload')).toBe('This window is no longer connected')
  expect(dismissalTitle('projects')).toBe('This project cannot be opened')
})

test('what did not reach the server is said to be kept', () => {
  expect(keptText(1)).toBe(
    '1 change did not reach the server. It is kept in this browser and is sent when you open the project again.',
  )
  expect(keptText(2)).toContain('2 changes did not reach the server. They are kept')
})
