import { describe, expect, test } from 'vitest'
import { joined } from '../../../src/model/history/entries'
import { entry } from '../../make'

const at = (minute: number): string => new Date(Date.UTC(2026, 0, 1, 12, minute)).toISOString()
const spans = (entries: ReturnType<typeof joined>) => entries.map(({ first, last }) => [first, last])

describe('entries and those before them', () => {
  test('one that goes on after a short pause is one', () => {
    const newer = entry({
      first: 20,
      last: 22,
      since: at(9),
      until: at(11),
      count: 3,
      kinds: { particle: 3 },
    })
    const older = entry({
      first: 10,
      last: 11,
      since: at(0),
      until: at(1),
      count: 2,
      kinds: { background: 2 },
    })
    const [both] = joined([newer], [older])
    expect(both).toMatchObject({ first: 10, last: 22, since: at(0), until: at(11), count: 5 })
    expect(both?.kinds).toEqual({ particle: 3, background: 2 })
  })

  test('a long pause, another person, kind or micrograph keeps them apart', () => {
    const newer = entry({ first: 20, last: 20, since: at(30), until: at(30) })
    const others = [
      entry({ until: at(19) }),
      entry({ until: at(29), actor: 8 }),
      entry({ until: at(29), type: 'label.deleted' }),
      entry({ until: at(29), micrograph: 2 }),
    ]
    for (const older of others)
      expect(spans(joined([newer], [older]))).toEqual([
        [20, 20],
        [10, 10],
      ])
  })

  test('what somebody else did in between stays in its place', () => {
    const anna = entry({ first: 20, last: 20, since: at(2), until: at(2) })
    const ben = entry({ first: 15, last: 15, until: at(1), actor: 8 })
    expect(spans(joined([anna], [ben, entry({ until: at(0) })]))).toEqual([
      [10, 20],
      [15, 15],
    ])
  })

  test('a setting goes from what it was first to what it is last', () => {
    const of = (before: number, after: number) =>
      entry({ type: 'project.changed', micrograph: null, changes: { particle_threshold: [before, after] } })
    expect(joined([of(0.6, 0.7)], [of(0.5, 0.6)])[0]?.changes).toEqual({ particle_threshold: [0.5, 0.7] })
  })
})
