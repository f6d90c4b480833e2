import { expect, test } from 'vitest'
import table from '../../../tests/data/account_fields.json'
import { problem, type Rule } from '../../src/pages/rules'

const OTHERS = { name: 'carlotta', password: 'a long way to Basel' }

test.each(table.fields)('$rule “$value” is refused: $page', ({ rule, value, page }) => {
  expect(problem(rule as Rule, value, OTHERS) !== '').toBe(page)
})

test('what is wrong says what to do', () => {
  expect(problem('password', 'abcdefg', OTHERS)).toBe('Too short: 1 more character.')
  expect(problem('password', 'abc', OTHERS)).toBe('Too short: 5 more characters.')
})
