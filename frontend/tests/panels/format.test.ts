import { expect, test } from 'vitest'
import { connectionText, figure, megabytes, plural, positive } from '../../src/panels/format'

test('bytes read as people say them', () => {
  expect([megabytes(43_200_000), megabytes(999), megabytes(1_500_000_000)]).toEqual([
    '43 MB',
    '1 kB',
    '1.5 GB',
  ])
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
