import { describe, expect, test } from 'vitest'
import type { Target } from '../../../src/model/marks/hit'
import { changeKind, erase, eraseAll, judge, moveTo } from '../../../src/model/marks/judge'
import type { FinalPick } from '../../../src/model/picks/final'
import { label, newId, verdict } from '../../make'

const maker = { micrograph: 1, author: 7, newId }
const shown: FinalPick = { x: 10, y: 20, particleScore: 0.8, contaminationScore: 0.1, source: 'network' }
const pick: Target = { type: 'pick', pick: shown }

describe('verdicts', () => {
  test('accepting a pick puts a verdict where the pick is', () => {
    const [change] = judge(pick, 'accept', maker)
    expect(change).toMatchObject({ before: null, after: { type: 'verdict', kind: 'accept', x: 10, y: 20 } })
  })

  test('a pick that is judged with its class keeps how well it fits', () => {
    const fits = [judge(pick, 'reject', maker, { fit: 0.75 }), judge(pick, 'reject', maker)]
    expect(fits.map(([change]) => change?.after)).toMatchObject([{ fit: 0.75 }, { fit: null }])
  })

  test('a new verdict takes the place of the old one', () => {
    const old = verdict({ kind: 'reject' })
    const changes = judge({ type: 'verdict', mark: old }, 'accept', maker)
    expect(changes.map(({ before, after }) => [before?.id, after?.type])).toEqual([
      [old.id, undefined],
      [undefined, 'verdict'],
    ])
  })

  test('the same verdict again changes nothing', () => {
    expect(judge({ type: 'verdict', mark: verdict({ kind: 'accept' }) }, 'accept', maker)).toEqual([])
  })

  test('moving a moved pick again keeps where the network saw it', () => {
    const moved = verdict({ kind: 'move', x: 10, y: 20, to: { x: 15, y: 20 } })
    const changes = moveTo({ type: 'verdict', mark: moved }, { x: 30, y: 20 }, maker)
    expect(changes[1]?.after).toMatchObject({ kind: 'move', x: 10, y: 20, to: { x: 30, y: 20 } })
  })

  test('erasing a pick rejects it, erasing a rejection restores the pick', () => {
    expect(erase(pick, maker)[0]?.after).toMatchObject({ kind: 'reject' })
    const rejected = verdict({ kind: 'reject' })
    expect(erase({ type: 'verdict', mark: rejected }, maker)).toEqual([{ before: rejected, after: null }])
  })

  test('labels are erased and moved, never judged', () => {
    const mark = label()
    const target: Target = { type: 'label', mark }
    expect(judge(target, 'accept', maker)).toEqual([])
    expect(erase(target, maker)).toEqual([{ before: mark, after: null }])
    expect(moveTo(target, { x: 1, y: 2 }, maker)[0]?.after).toEqual({ ...mark, x: 1, y: 2 })
  })
})

describe('another kind', () => {
  test('a label keeps its place and id', () => {
    const mark = label({ id: 'a', x: 5 })
    const changes = changeKind({ type: 'label', mark }, 'contamination', maker)
    expect(changes).toMatchObject([{ before: mark, after: { id: 'a', x: 5, kind: 'contamination' } }])
  })

  test('a pick becomes a label where it is', () => {
    const [change] = changeKind(pick, 'contamination', maker)
    expect(change).toMatchObject({
      before: null,
      after: { type: 'label', kind: 'contamination', x: 10, y: 20 },
    })
  })

  test('a verdict gives way to the label', () => {
    const old = verdict({ kind: 'move', x: 1, y: 1, to: { x: 8, y: 9 } })
    const changes = changeKind({ type: 'verdict', mark: old }, 'particle', maker)
    expect(changes).toMatchObject([{ before: old, after: null }, { after: { type: 'label', x: 8, y: 9 } }])
  })
})

describe('erasing many', () => {
  const rejected: Target = { type: 'verdict', mark: verdict({ kind: 'reject' }) }

  test('rejects picks and leaves what is rejected already', () => {
    const changes = eraseAll([pick, rejected], maker)
    expect(changes).toMatchObject([{ before: null, after: { kind: 'reject', x: 10, y: 20 } }])
  })

  test('restores rejected picks where there is nothing else', () => {
    expect(eraseAll([rejected], maker)).toMatchObject([{ after: null }])
  })
})
