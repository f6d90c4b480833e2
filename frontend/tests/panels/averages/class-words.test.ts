import { expect, test } from 'vitest'
import { describeClass, endText, nameOf, picksOf } from '../../../src/panels/averages/class-words'
import { averageClass, averagesRow } from '../../make'

test('averages are named by number, training and picks, or by the source without a training', () => {
  expect(nameOf(averagesRow({ picks: 1234 }))).toMatch(/^1 · training 1 · .* · 1,234 picks$/)
  expect(nameOf(averagesRow({ training: null, source_name: 'First guess' }))).toContain('1 · First guess ·')
  expect(nameOf(averagesRow({ micrographs: 1 }))).toMatch(/20 picks of 1 micrograph$/)
})

test('how they ended is said where there is something to say', () => {
  const job = { ...averagesRow().job, message: 'Left out: mic_3.' }
  expect(endText(averagesRow({ job }))).toBe('Left out: mic_3.')
  expect(endText(averagesRow({ job: { ...job, status: 'running' } }))).toBe('')
  expect(endText(averagesRow({ job: { ...job, status: 'cancelled' } }))).toContain('Cancelled')
})

test('a random part of the picks is called one', () => {
  expect(picksOf(averagesRow())).toBe('20 picks')
  expect(picksOf(averagesRow({ picks: 20_000, of: 31_204 }))).toBe('20,000 of 31,204 picks, drawn at random')
})

test('a class is described in words, without what is not known of it', () => {
  expect(describeClass(averageClass(), { members: 10, accepted: 7, rejected: 3 }, 'accepted')).toBe(
    'Class 1, accepted: 10 picks, resolution 12.5 Å, mean particle score 0.90, mean contamination score 0.10, ' +
      '7 accepted, 3 rejected of 10',
  )
  const bare = averageClass({ count: 1, resolution: null, particle_score: null, contamination_score: null })
  expect(describeClass(bare, null, '')).toBe('Class 1: 1 pick')
})
