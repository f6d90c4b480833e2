import { expect, test } from 'vitest'
import {
  ago,
  connectionText,
  dismissalTitle,
  figure,
  inShort,
  keptText,
  megabytes,
  picksText,
  plural,
  positive,
  unsentText,
} from '../../../src/panels/kit/format'

test('bytes read as people say them', () => {
  expect([megabytes(43_200_000), megabytes(999), megabytes(1_500_000_000)]).toEqual([
    '43 MB',
    '1 kB',
    '1.5 GB',
  ])
})

test.each([
  [20_000, 'just now'],
  [5 * 60_000, '5 min ago'],
  [3 * 3_600_000, '3 h ago'],
  [2 * 86_400_000, '2 days ago'],
  [40 * 86_400_000, '22 Oct'],
])('%d ms ago reads %s', (passed, text) => {
  const then = Date.parse('2026-10-22T12:00:00')
  expect(ago(new Date(then).toISOString(), then + passed)).toBe(text)
})

test.each([
  [Math.fround(1.2), '1.2'],
  [7249.92 / 3838, '1.889'],
  [1.06512, '1.0651'],
  [160, '160'],
  [Math.fround(0.07), '0.07'],
  [0.6485, '0.6485'],
])('%d is shown with the digits that it is known to: %s', (value, text) => {
  expect(figure(value)).toBe(text)
})

test('one is not many', () => {
  expect([plural(1, 'pick'), plural(1234, 'pick')]).toEqual(['1 pick', '1,234 picks'])
})

test('five digits are written in full where there is little room, more in short', () => {
  expect([1234, 99_999, 101_000, 1_250_000].map(inShort)).toEqual(['1,234', '99,999', '101K', '1.3M'])
})

test('before the networks have picked, what counts are labels, and said to be', () => {
  expect([picksText(16, false), picksText(1, false), picksText(1234, true)]).toEqual([
    '16 particle labels',
    '1 particle label',
    '1,234 picks',
  ])
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

test('the connection says its state, and the banner what becomes of changes that wait', () => {
  expect(connectionText('live', 0)).toBe('Live')
  expect(connectionText('offline', 3)).toBe('Offline')
  expect(connectionText('full', 3)).toBe('The server’s disk is full')
  expect(unsentText('offline', 3, true, true)).toBe(
    'No connection to the server. 3 changes not sent yet. They are kept in this browser and sent when the server is back.',
  )
  expect(connectionText('away', 0)).toBe('The database does not answer')
  expect(unsentText('away', 1, true, true)).toContain('database does not answer')
  expect(unsentText('full', 1, false, true)).toContain('leave this page open until all is sent')
  expect(unsentText('offline', 0, true, true)).toContain('You can keep labelling.')
  expect(unsentText('offline', 0, true, false)).not.toContain('labelling')
})

test('a page that was sent away says what happened', () => {
  expect(dismissalTitle('sign_in')).toBe('You are signed out')
  expect(dismissalTitle('reload')).toBe('This window is no longer connected')
  expect(dismissalTitle('projects')).toBe('This project cannot be opened')
})

test('what did not reach the server is said to be kept', () => {
  expect(keptText(1)).toBe(
    '1 change did not reach the server. It is kept in this browser and will be sent when you open the project again.',
  )
  expect(keptText(2)).toContain('2 changes did not reach the server. They are kept')
})
