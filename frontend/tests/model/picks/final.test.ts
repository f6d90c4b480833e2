import { describe, expect, test } from 'vitest'
import cases from '../../../../tests/data/final_picks.json'
import type { MarksOf } from '../../../src/model/marks/mark'
import { type FinalPick, finalPicks } from '../../../src/model/picks/final'
import { Finals } from '../../../src/model/picks/finals'
import { PickStore } from '../../../src/model/picks/picks'
import type { VerdictKind } from '../../../src/wire'
import { block, label, region, rule, storeOf, verdict } from '../../make'

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
  /** Particle diameters. */
  minimum_distance?: number
  /** Pixels. */
  margin?: number
  size?: number[]
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
    const [width = Infinity, height = Infinity] = given.size ?? []
    const limits = rule({
      particle: given.particle_threshold,
      contamination: given.contamination_threshold,
      minimumDistance: (given.minimum_distance ?? 0) * given.diameter,
      borderMargin: (given.margin ?? 0) * given.diameter,
      width,
      height,
    })
    const found = finalPicks(block(given.picks), marksOf(given), given.diameter, limits)
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
      [50, 10, 0.6, 0],
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
        id => (id === 3 ? null : rule({ minimumDistance: 50 })),
      ),
    }
  }

  test('a count without marks equals the number of final picks', () => {
    const { finals: made } = finals()
    expect(made.count(1)).toBe(1)
    expect(made.of(1).length).toBe(1)
  })

  test('nothing counts on an excluded micrograph', () => {
    const { finals: made } = finals(label({ micrograph: 3 }))
    expect([made.count(3), made.of(3)]).toEqual([0, []])
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
