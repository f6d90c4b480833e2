import { expect, test } from 'vitest'
import { bend, grip, withoutCorner } from '../../src/geometry/corners'

const square = [
  { x: 0, y: 0 },
  { x: 100, y: 0 },
  { x: 100, y: 100 },
  { x: 0, y: 100 },
]

test('a press near a corner takes that corner', () => {
  expect(grip(square, { x: 97, y: 4 }, 9)).toEqual({ polygon: square, corner: 1 })
})

test('a press on an edge makes a corner there, on the last edge too', () => {
  expect(grip(square, { x: 50, y: 3 }, 9)).toMatchObject({ corner: 1 })
  const last = grip(square, { x: -2, y: 50 }, 9)
  expect(last?.corner).toBe(4)
  expect(last?.polygon[4]).toEqual({ x: -2, y: 50 })
})

test('a press away from the outline takes nothing', () => {
  expect(grip(square, { x: 50, y: 50 }, 9)).toBeNull()
})

test('bending moves one corner', () => {
  const bent = bend({ polygon: square, corner: 2 }, { x: 150, y: 150 })
  expect(bent[2]).toEqual({ x: 150, y: 150 })
  expect([bent[0], bent[1], bent[3]]).toEqual([square[0], square[1], square[3]])
})

test('a corner can be taken away down to a triangle', () => {
  const triangle = withoutCorner({ polygon: square, corner: 0 })
  expect(triangle).toEqual(square.slice(1))
  expect(withoutCorner({ polygon: triangle ?? [], corner: 0 })).toBeNull()
})
