import { describe, expect, test } from 'vitest'
import type { Point } from '../../src/geometry/point'
import { area, contains, type Polygon } from '../../src/geometry/polygon'
import { subtract } from '../../src/geometry/subtract'

function box(left: number, top: number, right: number, bottom: number): Point[] {
  return [
    { x: left, y: top },
    { x: right, y: top },
    { x: right, y: bottom },
    { x: left, y: bottom },
  ]
}

const areas = (pieces: Polygon[]) => pieces.map(area).sort((a, b) => a - b)

describe('subtract', () => {
  test('takes a bite out of a side', () => {
    expect(areas(subtract(box(0, 0, 100, 100), box(50, -10, 110, 50)))).toEqual([7500])
  })

  test('leaves two pieces where the middle is cut out', () => {
    expect(areas(subtract(box(0, 0, 100, 100), box(40, -10, 60, 110)))).toEqual([4000, 4000])
  })

  test('leaves nothing of what is covered', () => {
    expect(subtract(box(10, 10, 20, 20), box(0, 0, 100, 100))).toEqual([])
  })

  test('leaves what it does not touch as it was', () => {
    expect(areas(subtract(box(0, 0, 10, 10), box(50, 50, 60, 60)))).toEqual([100])
  })

  test('a hole is outside by the even-odd rule, and what is around it inside', () => {
    const [piece = []] = subtract(box(0, 0, 100, 100), box(40, 40, 60, 60))
    expect(area(piece)).toBe(9600)
    expect(contains(piece, 50, 50)).toBe(false)
    for (const [x, y] of [
      [20, 50],
      [80, 50],
      [50, 20],
      [50, 80],
    ] as const) {
      expect(contains(piece, x, y)).toBe(true)
    }
  })

  test('cuts a second hole into what has one', () => {
    const [once = []] = subtract(box(0, 0, 100, 100), box(10, 10, 30, 30))
    const [twice = []] = subtract(once, box(60, 60, 80, 80))
    expect(area(twice)).toBe(9200)
    expect(contains(twice, 20, 20) || contains(twice, 70, 70)).toBe(false)
    expect(contains(twice, 45, 45)).toBe(true)
  })
})
