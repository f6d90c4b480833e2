import { describe, expect, test } from 'vitest'
import { area, bounds, contains, distanceToOutline, simplify, simplifyTo } from '../../src/geometry/polygon'

const square = [
  { x: 0, y: 0 },
  { x: 10, y: 0 },
  { x: 10, y: 10 },
  { x: 0, y: 10 },
]

describe('polygon', () => {
  test('contains what lies inside and nothing else', () => {
    expect(contains(square, 5, 5)).toBe(true)
    expect(contains(square, 15, 5)).toBe(false)
    expect(contains(square, 5, -1)).toBe(false)
  })

  test('a part that is enclosed twice is outside, by the even-odd rule', () => {
    const twice = [...square, { x: 0, y: 0 }, { x: 4, y: 0 }, { x: 4, y: 4 }, { x: 0, y: 4 }]
    expect(contains(twice, 2, 2)).toBe(false)
    expect(contains(twice, 7, 7)).toBe(true)
  })

  test('area does not depend on the direction', () => {
    expect(area(square)).toBe(100)
    expect(area([...square].reverse())).toBe(100)
  })

  test('bounds enclose all corners', () => {
    expect(bounds(square)).toEqual({ left: 0, top: 0, right: 10, bottom: 10 })
  })

  test('the distance to the outline counts from the nearest edge, the closing one too', () => {
    expect(distanceToOutline(square, { x: 5, y: 4 })).toBe(4)
    expect(distanceToOutline(square, { x: -2, y: 5 })).toBe(2)
  })

  test('simplifying drops points on a line and keeps corners', () => {
    const line = [0, 1, 2, 3, 4].map(x => ({ x, y: 0 })).concat([{ x: 4, y: 5 }])
    expect(simplify(line, 0.1)).toEqual([
      { x: 0, y: 0 },
      { x: 4, y: 0 },
      { x: 4, y: 5 },
    ])
  })

  test('a lasso of many points is brought under the limit', () => {
    const line = Array.from({ length: 1500 }, (_, i) => ({ x: i, y: 40 * Math.sin(i / 3) }))
    expect(simplifyTo(line, 1, 500).length).toBeLessThanOrEqual(500)
  })
})
