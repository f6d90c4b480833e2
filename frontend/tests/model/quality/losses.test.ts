import { expect, test } from 'vitest'
import { lossTable } from '../../../src/model/quality/losses'

test('both networks share the axis of steps', () => {
  const table = lossTable([
    ['particle', 10, 0.5],
    ['contamination', 5, 0.9],
    ['particle', 5, 0.8],
  ])
  expect(table).toEqual([
    [5, 10],
    [0.8, 0.5],
    [0.9, null],
  ])
})
