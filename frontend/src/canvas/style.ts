import type { LabelKind } from '../wire'
import type { MarkStyle } from './colours'

/** Line widths in CSS pixels. */
export const LINE: Record<MarkStyle, number> = {
  particle: 2,
  background: 1.75,
  contamination: 1.75,
  pick: 1.25,
  accept: 1.75,
  reject: 1.25,
  plain: 1.5,
}

export const KIND_NAMES: Record<LabelKind, string> = {
  particle: 'Particle',
  background: 'Background',
  contamination: 'Contamination',
}
