import { expect, test } from 'vitest'
import { blindWords } from '../../../src/model/micrographs/blind'

const names = new Map([
  [7, 'Ada'],
  [8, 'Ben'],
])
const name = (user: number): string => names.get(user) ?? '?'
const at = '2026-01-01T00:00:00Z'

test.each([
  [null, null, 7, 'Ben and you are done'],
  [at, null, 7, 'Ben is done'],
  [null, at, 7, 'you are done'],
  [null, null, 9, 'Ada and Ben are done'],
])('says who is to finish (%s, %s, person %i)', (ada, ben, you, until) => {
  const work = [
    { user: 7, done_at: ada },
    { user: 8, done_at: ben },
  ]
  expect(blindWords(work, you, name)).toBe(`Blind: you see only your own labels until ${until}`)
})

test('says that two are wanted where one has left', () => {
  expect(blindWords([{ user: 7, done_at: at }], 8, name)).toContain('until two people are done')
})
