import { describe, expect, test } from 'vitest'
import { toImage, toScreen, viewFromCorner, visible } from '../../src/geometry/view'

const view = viewFromCorner({ x: 100, y: 50 }, 4, 800, 600)

describe('view', () => {
  test('pixel 0, 0 has its centre half a pixel inside the corner of the image', () => {
    expect(toScreen(view, { x: 0, y: 0 })).toEqual({ x: 102, y: 52 })
    expect(toScreen(view, { x: -0.5, y: -0.5 })).toEqual({ x: 100, y: 50 })
  })

  test('screen and image turn into each other', () => {
    const place = { x: 12.25, y: 7.75 }
    expect(toImage(view, toScreen(view, place))).toEqual(place)
  })

  test('what is visible is widened by the margin', () => {
    const window = visible(view, 10)
    expect(window.left).toBeCloseTo(-25.5 - 10)
    expect(window.right).toBeCloseTo((800 - 102) / 4 + 10)
  })
})
