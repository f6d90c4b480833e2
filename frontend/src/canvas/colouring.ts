import type { FinalPick } from '../model/final'
import type { Label, Verdict } from '../model/types'
import { GLYPHS, type Glyph } from './glyphs'
import { COLOURS, HUES, personHue } from './style'

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

/** From low to high scores; light enough for grey images, and growing lighter for those who see no hue. */
export const SCORE_COLOURS = [
  '#6f7bff',
  '#9a6ff0',
  '#c468d2',
  '#e46aa6',
  '#f47f7a',
  '#fb9d55',
  '#fdc34b',
  '#f7ee6a',
] as const
const LEVELS = SCORE_COLOURS.length
const inScores = (glyph: Glyph): Sign[] => SCORE_COLOURS.map(colour => ({ glyph, colour }))

/** Quieter than any person's. */
const NOBODY: Sign = { glyph: 'pick', colour: '#b2b9c0' }

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
    signs: [...GLYPHS.flatMap(glyph => HUES.map(hue => ({ glyph, colour: `hsl(${hue} 90% 70%)` }))), NOBODY],
    signOf(glyph, _, mark) {
      if (!mark) return GLYPHS.length * HUES.length
      return placeOf(glyph) * HUES.length + HUES.indexOf(personHue(mark.author ?? 0))
    },
  },
}
