import { beforeEach, describe, expect, test } from 'vitest'
import { Ledger } from '../../../src/model/marks/ledger'
import { LAST, type Label } from '../../../src/model/marks/mark'
import { MarkStore } from '../../../src/model/marks/marks'
import { label, put } from '../../make'

let marks: MarkStore
let ledger: Ledger
const mine = label({ id: 'L', x: 1 })
const theirs: Label = { ...mine, x: 2, author: 8 }

beforeEach(() => {
  marks = new MarkStore()
  ledger = new Ledger(marks, () => 7)
})

const x = (): number | null => (marks.get('L') as Label | null)?.x ?? null

describe('Ledger', () => {
  test('a change of this browser shows at once, as its own', () => {
    ledger.local(put(mine))
    expect(marks.get('L')).toMatchObject({ x: 1, author: 7, order: LAST })
  })

  test('the echo of a change does not double it', () => {
    const change = put(mine)
    ledger.local(change)
    ledger.confirm('L', mine, change.operation)
    ledger.confirm('L', mine, change.operation)
    expect(marks.size).toBe(1)
    expect(marks.get('L')).toEqual(mine)
  })

  test('a refused change is reverted', () => {
    const change = put(mine)
    ledger.local(change)
    ledger.refuse(change)
    expect(x()).toBeNull()
  })

  test('a refused move goes back to where others put the mark meanwhile', () => {
    ledger.confirm('L', mine, null)
    const change = put({ ...mine, x: 5 })
    ledger.local(change)
    ledger.confirm('L', theirs, 'somebody')
    expect(x()).toBe(5)
    ledger.refuse(change)
    expect(x()).toBe(2)
  })

  test('an older change by somebody does not flicker over one that the server already holds', () => {
    ledger.confirm('L', mine, null)
    const change = put({ ...mine, x: 5 })
    ledger.local(change)
    ledger.hold(change, 11)
    ledger.confirm('L', theirs, 'somebody')
    ledger.reached(10)
    expect(x()).toBe(5)
    ledger.confirm('L', { ...mine, x: 5 }, change.operation)
    ledger.reached(11)
    expect(x()).toBe(5)
  })

  test('once the stream has passed the answer, what the server says shows', () => {
    ledger.confirm('L', mine, null)
    const change = put({ ...mine, x: 5 })
    ledger.local(change)
    ledger.hold(change, 11)
    ledger.confirm('L', { ...mine, x: 5 }, change.operation)
    ledger.confirm('L', theirs, 'somebody')
    ledger.reached(12)
    expect(x()).toBe(2)
  })

  test('of two changes in a row the refusal of the first keeps the second', () => {
    const first = put({ ...mine, x: 5 })
    const second = put({ ...mine, x: 6 })
    ledger.local(first)
    ledger.local(second)
    ledger.refuse(first)
    expect(x()).toBe(6)
  })

  test('a new snapshot keeps what is not sent yet on top', () => {
    ledger.reset([mine], [put({ ...mine, x: 9 })], 10)
    expect(x()).toBe(9)
  })

  test('a deletion that waits hides the mark until it is refused', () => {
    ledger.confirm('L', mine, null)
    const change = { operation: 'o', type: 'label.delete', id: 'L' } as const
    ledger.local(change)
    expect(x()).toBeNull()
    ledger.refuse(change)
    expect(x()).toBe(1)
  })

  test('while a change of this browser waits, what others do to the mark has not been seen', () => {
    ledger.reset([mine], [], 10)
    ledger.local(put({ ...mine, x: 5 }))
    ledger.confirm('L', theirs, 'somebody')
    ledger.reached(11)
    expect([ledger.seen('L'), ledger.seen('another')]).toEqual([10, 11])
  })
})
