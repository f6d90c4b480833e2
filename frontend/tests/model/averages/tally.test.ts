import { expect, test } from 'vitest'
import { judgedAs, partly, sum, tallyOf } from '../../../src/model/averages/tally'
import { label, verdict } from '../../make'

const tally = (accepted: number, rejected: number, members = 10) => ({ members, accepted, rejected })

test('moved picks are accepted, labels are neither', () => {
  const marks = [verdict(), verdict({ kind: 'move' }), verdict({ kind: 'reject' }), label(), null]
  expect(tallyOf(marks)).toEqual(tally(2, 1, 5))
})

test('a class looks as more than half of it was judged', () => {
  const looks = [tally(6, 4), tally(2, 8), tally(5, 5), tally(5, 0), tally(0, 0, 0)].map(judgedAs)
  expect(looks).toEqual(['accept', 'reject', null, null, null])
})

test('what was judged in part is said in numbers', () => {
  expect(partly(tally(1200, 3, 1300))).toBe('1,200 accepted, 3 rejected of 1,300')
  expect(partly(tally(0, 3))).toBe('3 rejected of 10')
  expect([tally(10, 0), tally(0, 10), tally(0, 0)].map(partly)).toEqual(['', '', ''])
})

test('classes are summed up', () => {
  expect(sum([tally(1, 2), tally(3, 4)])).toEqual(tally(4, 6, 20))
})
