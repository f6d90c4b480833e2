import type { LabelKind } from '../model/types'

/**
 * Colours after Okabe & Ito (2008), lightened for grey images; every kind has a shape of its own besides.
 * The style sheet takes them from here as `--mark-…`, in the light theme those below.
 */
export const COLOURS = {
  particle: '#5cc8ff',
  background: '#f2a3d0',
  contamination: '#ff7a2f',
  pick: '#f5e663',
  accept: '#2fdc9f',
  reject: '#d9dde3',
  plain: '#ffffff',
} as const

/** The same on the panels of the light theme: hues kept, dark enough to be seen on near white. */
const ON_LIGHT: Record<keyof typeof COLOURS, string> = {
  particle: '#0a73b3',
  background: '#b23a7c',
  contamination: '#c04500',
  pick: '#857000',
  accept: '#0b7f56',
  reject: '#5c646c',
  plain: '#1b1e21',
}

export type MarkStyle = keyof typeof COLOURS

export const HALO = 'rgba(0, 0, 0, 0.55)'

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

/** Hues of people, degrees; more than eight people share them. */
export const HUES = [205, 28, 152, 330, 48, 265, 180, 0] as const

export function personHue(id: number): (typeof HUES)[number] {
  return HUES[id % HUES.length] as (typeof HUES)[number]
}

export function publishColours(style: CSSStyleDeclaration): void {
  for (const name of Object.keys(COLOURS) as MarkStyle[])
    style.setProperty(`--mark-${name}`, `light-dark(${ON_LIGHT[name]}, ${COLOURS[name]})`)
}
