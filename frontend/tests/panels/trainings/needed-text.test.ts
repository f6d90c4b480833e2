import { expect, test } from 'vitest'
import type { Tally } from '../../../src/model/counts'
import { neededText } from '../../../src/panels/trainings/needed-text'

test('verdicts count as labels, but picks that were rejected with their class are no background', () => {
  const tally = { particle: 1, accepted: 2, background: 1, rejected: 2, rejectedInClass: 7 } as Tally
  expect(neededText(tally, 5)).toBe('To train: 3 of 5 particles, 3 of 5 background')
})
