import { expect, test } from 'vitest'
import { COLOURINGS, type Colouring } from '../../src/canvas/colouring'
import { COLOURS, HUES, hueColour, personHue, SCORE_COLOURS } from '../../src/canvas/colours'
import type { FinalPick } from '../../src/model/picks/final'
import { label, verdict } from '../make'

const pick = (particleScore: number | null): FinalPick => ({
  x: 0,
  y: 0,
  source: 'network',
  particleScore,
  contaminationScore: null,
})
const sign = (by: Colouring, ...what: Parameters<Colouring['signOf']>) => by.signs[by.signOf(...what)]

test('by kind, every glyph has its own colour', () => {
  expect(sign(COLOURINGS.kind, 'pick', pick(0.9), null)).toEqual({ glyph: 'pick', colour: COLOURS.pick })
})

test('by score, low and high picks differ, and accepted ones keep their glyph', () => {
  const by = COLOURINGS.score
  expect(sign(by, 'pick', pick(0), null)).toEqual({ glyph: 'pick', colour: SCORE_COLOURS[0] })
  expect(sign(by, 'accept', pick(1), null)).toEqual({ glyph: 'accept', colour: SCORE_COLOURS.at(-1) })
})

test('by score, what has none looks as always', () => {
  const by = COLOURINGS.score
  expect(sign(by, 'accept', pick(null), null)).toEqual({ glyph: 'accept', colour: COLOURS.accept })
  expect(sign(by, 'particle', null, label())).toEqual({ glyph: 'particle', colour: COLOURS.particle })
})

test('by who, marks have the hue of their author and the shape of their kind', () => {
  const by = COLOURINGS.who
  const mine = sign(by, 'background', null, label({ author: 3 }))
  expect(mine).toEqual({ glyph: 'background', colour: hueColour(personHue(3)) })
  expect(sign(by, 'reject', null, verdict({ author: 4 }))?.colour).not.toBe(mine?.colour)
  expect(personHue(HUES.length + 3)).toBe(personHue(3))
})

test('by who, what only the networks say is nobody’s', () => {
  const { glyph, colour } = sign(COLOURINGS.who, 'pick', pick(0.5), null) ?? {}
  expect(glyph).toBe('pick')
  expect(colour).not.toMatch(/^hsl/)
})
