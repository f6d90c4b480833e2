import { describe, expect, test } from 'vitest'
import { PointGrid } from '../../src/geometry/grid'

function near(grid: PointGrid, x: number, y: number): number[] {
  const ids: number[] = []
  grid.near(x, y, id => ids.push(id))
  return ids.sort((a, b) => a - b)
}

describe('PointGrid', () => {
  test('finds the same points as looking at each one', () => {
    const grid = new PointGrid(13)
    const points = Array.from({ length: 400 }, (_, i) => [(i * 37) % 211, (i * 91) % 197] as const)
    points.forEach(([x, y], i) => {
      grid.add(i, x, y)
    })
    const expected = points.flatMap(([x, y], i) => ((x - 100) ** 2 + (y - 90) ** 2 <= 169 ? [i] : []))
    expect(near(grid, 100, 90)).toEqual(expected)
    expect(expected.length).toBeGreaterThan(0)
  })

  test('a point exactly at the radius is near', () => {
    const grid = new PointGrid(5)
    grid.add(1, 3, 4)
    expect(near(grid, 0, 0)).toEqual([1])
  })

  test('places left of and above the image do not meet those on its other side', () => {
    const grid = new PointGrid(10)
    grid.add(1, -3, -3)
    expect(near(grid, 0, 0)).toEqual([1])
    expect(near(grid, 655_000, 0)).toEqual([])
  })
})
