import type { Label, Verdict } from '../model/marks/mark'
import type { FinalPick } from '../model/picks/final'
import { COLOURS, HUES, hueColour, NOBODY, personHue, SCORE_COLOURS } from './colours'
import { GLYPHS, type Glyph } from './glyphs'

/** A glyph in a colour. */
export interface Sign {
  readonly glyph: Glyph
  readonly colour: string
}

export type ColourBy = 'kind' | 'score' | 'who'

/** Which sign a mark is drawn with. `pick`: for what the networks scored; `mark`: for what a person said. */
export interface Colouring {
  readonly signs: readonly Sign[]
  /** Place in `signs`. */
  signOf(glyph: Glyph, pick: FinalPick | null, mark: Label | Verdict | null): number
}

const KINDS: readonly Sign[] = GLYPHS.map(glyph => ({ glyph, colour: COLOURS[glyph] }))
const placeOf = (glyph: Glyph): number => GLYPHS.indexOf(glyph)

const LEVELS = SCORE_COLOURS.length
const inScores = (glyph: Glyph): Sign[] => SCORE_COLOURS.map(colour => ({ glyph, colour }))

export const COLOURINGS: Record<ColourBy, Colouring> = {
  kind: { signs: KINDS, signOf: placeOf },
  score: {
    signs: [...KINDS, ...inScores('pick'), ...inScores('accept')],
    signOf(glyph, pick) {
      const score = pick?.particleScore ?? null
      if (score === null || (glyph !== 'pick' && glyph !== 'accept')) return placeOf(glyph)
      const level = Math.min(LEVELS - 1, Math.max(0, Math.floor(score * LEVELS)))
      return KINDS.length + (glyph === 'accept' ? LEVELS : 0) + level
    },
  },
  who: {
    signs: [
      ...GLYPHS.flatMap(glyph => HUES.map(hue => ({ glyph, colour: hueColour(hue) }))),
      { glyph: 'pick', colour: NOBODY },
    ],
    signOf(glyph, _, mark) {
      if (!mark) return GLYPHS.length * HUES.length
      return placeOf(glyph) * HUES.length + HUES.indexOf(personHue(mark.author ?? 0))
    },
  },
}
