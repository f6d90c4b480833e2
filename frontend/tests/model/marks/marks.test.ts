import { describe, expect, test } from 'vitest'
import { LAST } from '../../../src/model/marks/mark'
import { label, region, storeOf, verdict } from '../../make'

describe('MarkStore', () => {
  test('sorts the marks of a micrograph out by what they are', () => {
    const outline = region([
      [0, 0],
      [1, 0],
      [0, 1],
    ])
    const store = storeOf(label(), verdict(), outline, label({ micrograph: 2 }))
    const { labels, verdicts, regions } = store.of(1)
    expect([labels.length, verdicts.length, regions.length]).toEqual([1, 1, 1])
  })

  test('verdicts come in the order of their events, unanswered ones last', () => {
    const late = verdict({ order: 2 })
    const early = verdict({ order: 1 })
    const unanswered = verdict({ order: LAST })
    expect(storeOf(unanswered, late, early).of(1).verdicts).toEqual([early, late, unanswered])
  })

  test('of two that are unanswered the one that was changed later comes last', () => {
    const [first, second] = [verdict({ order: 1 }), verdict({ order: LAST })]
    const store = storeOf(first, second)
    store.set(first.id, { ...first, order: LAST })
    expect(store.of(1).verdicts.map(({ id }) => id)).toEqual([second.id, first.id])
  })

  test('says which micrograph changed', () => {
    const store = storeOf()
    const told: number[] = []
    store.listen(micrograph => told.push(micrograph))
    store.set('a', label({ id: 'a', micrograph: 3 }))
    store.set('a', null)
    expect(told).toEqual([3, 3])
  })

  test('a mark that is deleted twice is gone without a word', () => {
    const store = storeOf(label({ id: 'a' }))
    store.set('a', null)
    store.set('a', null)
    expect(store.size).toBe(0)
  })

  test('counts follow a change of kind', () => {
    const mark = label({ id: 'a' })
    const store = storeOf(mark)
    store.set('a', { ...mark, kind: 'background' })
    expect([store.count(1, 'particle'), store.count(1, 'background')]).toEqual([0, 1])
  })
})
