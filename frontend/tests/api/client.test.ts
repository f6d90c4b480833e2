import { describe, expect, test } from 'vitest'
import { ApiError, csrfToken, sentence } from '../../src/api/client'

describe('sentence', () => {
  test('takes the detail where there is one', () => {
    expect(sentence({ detail: 'A training runs already.' })).toBe('A training runs already.')
  })

  test('finds nothing in an answer that is no error of ours', () => {
    expect(sentence(null)).toBeNull()
    expect(sentence({ received: 4 })).toBeNull()
  })
})

test('the CSRF token is found among other cookies', () => {
  expect(csrfToken('a=1; csrftoken=abc; b=2')).toBe('abc')
  expect(csrfToken('xcsrftoken=no')).toBe('')
})

test.each([
  [0, true],
  [503, true],
  [429, true],
  [400, false],
  [403, false],
])('status %s is worth another try: %s', (status, passing) => {
  expect(new ApiError('', status).passing).toBe(passing)
})
