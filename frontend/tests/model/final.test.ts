import { describe, expect, test } from 'vitest'
import cases from '../../../tests/data/final_picks.json'
import { type FinalPick, finalPicks } from '../../src/model/final'
import { Finals } from '../../src/model/finals'
import type { MarksOf } from '../../src/model/marks'
import { PickStore } from '../../src/model/picks'
import type { VerdictKind } from '../../src/model/types'
import { block, label, region, storeOf, verdict } from '../make'

interface Case {
  name: string
  diameter: number
  particle_threshold: number
  contamination_threshold: number
  picks: number[][]
  particles: number[][]
  others: number[][]
  verdicts: { kind: string; x: number; y: number; to_x?: number | null; to_y?: number | null }[]
  regions: number[][][]
  expected: Row[]
}

interface Row {
  x: number
  y: number
  source: string
  particle_score: number | null
  contamination_score: number | null
}

function marksOf(given: Case): MarksOf {
  const at = ([x = 0, y = 0]: number[]): { x: number; y: number } => ({ x, y })
  const particles = given.particles.map(place => label(at(place)))
  const others = given.others.map(place => label({ kind: 'background', ...at(place) }))
  const verdicts = given.verdicts.map(({ kind, x, y, to_x, to_y }) => {
    const to = to_x == null || to_y == null ? null : { x: to_x, y: to_y }
    return verdict({ kind: kind as VerdictKind, x, y, to })
  })
  const regions = given.regions.map(corners => region(corners as [number, number][]))
  return { labels: [...particles, ...others], verdicts, regions }
}

/** Picks travel as float32, so that is what comes out of a place or score that a network gave. */
function row(pick: FinalPick): Row {
  const { x, y, source, particleScore, contaminationScore } = pick
  return { x, y, source, particle_score: particleScore, contamination_score: contaminationScore }
}

function asStored(expected: Row): Row {
  const round = (value: number | null): number | null => (value === null ? null : Math.fround(value))
  const { particle_score, contamination_score } = expected
  const place =
    expected.source === 'network' ? { x: Math.fround(expected.x), y: Math.fround(expected.y) } : {}
  return {
    ...expected,
    ...place,
    particle_score: round(particle_score),
    contamination_score: round(contamination_score),
  }
}

describe('the rule of final picks, as the server has it', () => {
  test.each(cases as Case[])('$name', given => {
    const thresholds = { particle: given.particle_threshold, contamination: given.contamination_threshold }
    const found = finalPicks(block(given.picks), marksOf(given), given.diameter, thresholds)
    expect(found.map(row)).toEqual(given.expected.map(asStored))
  })
})

describe('Finals', () => {
  const picks = new PickStore()
  picks.put(
    1,
    block([
      [10, 10, 0.9, 0],
      [500, 10, 0.4, 0],
    ]),
  )

  function finals(...marks: Parameters<typeof storeOf>): {
    marks: ReturnType<typeof storeOf>
    finals: Finals
  } {
    const store = storeOf(...marks)
    return {
      marks: store,
      finals: new Finals(
        store,
        picks,
        () => 100,
        () => ({ particle: 0.5, contamination: 0.5 }),
      ),
    }
  }

  test('a count without marks equals the number of final picks', () => {
    const { finals: made } = finals()
    expect(made.count(1)).toBe(1)
    expect(made.of(1).length).toBe(1)
  })

  test('a label placed after the count is counted', () => {
    const { finals: made, marks } = finals()
    expect(made.count(1)).toBe(1)
    marks.set('new', label({ id: 'new', x: 300, y: 300 }))
    expect(made.count(1)).toBe(2)
  })

  test('a micrograph without picks counts its labels', () => {
    expect(finals(label({ micrograph: 2 })).finals.count(2)).toBe(1)
  })
})
