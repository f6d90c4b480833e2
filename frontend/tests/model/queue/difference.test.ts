import { describe, expect, test } from 'vitest'
import table from '../../../../tests/data/settled.json'
import { type Mark, sortOut } from '../../../src/model/marks/mark'
import { type Answer, answerTo, changesFor, isSettled, mayAnswer } from '../../../src/model/queue/difference'
import type { DifferingLabel, LabelDifference } from '../../../src/wire'
import { label, verdict } from '../../make'

const NEAR = 10
const at = (id: string, x: number, kind: DifferingLabel['kind'] = 'particle') => ({
  id,
  author: 7,
  kind,
  x,
  y: 100,
})
const only: LabelDifference = { what: 'only_first', first: at('a', 100), second: null, settled: false }
const apart: LabelDifference = { what: 'apart', first: at('a', 100), second: at('b', 115), settled: false }
const kind: LabelDifference = {
  what: 'kind',
  first: at('a', 100),
  second: at('b', 101, 'background'),
  settled: false,
}

const marks = ({ first, second }: LabelDifference): Mark[] =>
  [first, second].flatMap(one => (one ? [label(one)] : []))

/** The marks after an answer. */
function answered(difference: LabelDifference, answer: Answer, before = marks(difference)): Mark[] {
  const own = { micrograph: 1, author: 9, newId: () => 'new' }
  const changes = changesFor(difference, answer, sortOut(before), own)
  const gone = changes.flatMap(change => (change.after ? [] : (change.before?.id ?? [])))
  return [...before.filter(({ id }) => !gone.includes(id)), ...changes.flatMap(change => change.after ?? [])]
}

describe('a difference', () => {
  test('is open until somebody settles it', () => {
    for (const each of [only, apart, kind]) expect(isSettled(each, sortOut(marks(each)), NEAR)).toBe(false)
  })

  test.each([
    [only, 'first'],
    [only, 'second'],
    [apart, 'first'],
    [apart, 'second'],
    [apart, 'both'],
    [apart, 'neither'],
    [kind, 'first'],
    [kind, 'second'],
    [kind, 'neither'],
  ] as const)('is settled by an answer, which is known again (%#)', (difference, answer) => {
    expect(answerTo(difference, sortOut(answered(difference, answer)), NEAR)).toBe(answer)
  })

  test('of one label is settled by an accept, as nothing is deleted', () => {
    expect(answered(only, 'first')).toMatchObject([{ id: 'a' }, { type: 'verdict', kind: 'accept', x: 100 }])
    expect(isSettled(only, sortOut([...marks(only), verdict({ x: 130 })]), NEAR)).toBe(false)
  })

  test('may be answered otherwise: labels come back with who made them, and accepts go', () => {
    const both = answered(apart, 'neither', answered(apart, 'both'))
    expect(both).toEqual([])
    expect(answered(apart, 'second', both)).toMatchObject([{ id: 'b', author: 7 }])
  })

  test('of kinds cannot keep both', () => {
    expect([mayAnswer(kind, 'both'), mayAnswer(apart, 'both')]).toEqual([false, true])
  })

  test('is none any more where labels were changed until they agree', () => {
    expect(isSettled(kind, sortOut([label({ id: 'a' }), label({ id: 'b' })]), NEAR)).toBe(true)
    expect(isSettled(apart, sortOut([label({ id: 'a' }), label({ id: 'b', x: 105 })]), NEAR)).toBe(true)
  })
})

describe('what is settled is as the server has it', () => {
  test.each(table.cases)('$name', ({ what, labels, accepts, settled }) => {
    const ids = ['a', 'b'].slice(0, labels.length)
    const [first = null, second = null] = ids.map(id => at(id, 100))
    const now = labels.flatMap((one, number) => {
      const [x, y, kind] = (one ?? []) as [number, number, DifferingLabel['kind']]
      return one ? [label({ id: ids[number] ?? '', x, y, kind })] : []
    })
    const accepted = accepts.map(([x = 0, y = 0], number) =>
      verdict({ id: `v${number}`, x, y, kind: 'accept' }),
    )
    const difference = { what: what as LabelDifference['what'], first, second, settled: false }
    expect(isSettled(difference, sortOut([...now, ...accepted]), table.near)).toBe(settled)
  })
})
