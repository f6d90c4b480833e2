import { expect, test } from 'vitest'
import { colourScores, rampGradient, scoreColour } from '../../src/canvas/ramp'

const brightness = (score: number): number => scoreColour(score).reduce((a, b) => a + b)

test('higher scores are brighter all the way', () => {
  const values = Array.from({ length: 21 }, (_, i) => brightness(i / 20))
  expect(values).toEqual([...values].sort((a, b) => a - b))
})

test('a score of 0 is clear, a score of 1 covers', () => {
  const pixels = Uint8ClampedArray.from([0, 0, 0, 255, 255, 255, 255, 255])
  colourScores(pixels)
  expect(pixels[3]).toBe(0)
  expect([...pixels.slice(4)]).toEqual([252, 255, 164, 255])
})

test('the legend starts clear', () => {
  expect(rampGradient()).toMatch(/^linear-gradient\(to right, rgb\(0 0 4 \/ 0\.00\), /)
})
