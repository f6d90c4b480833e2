// The colours of people and of all that is drawn on canvases, but for the ramp of score maps (ramp.ts). Style sheets
// have theirs from styles/tokens.css.

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

/** Around lines and words, so that they are seen on bright images. */
export const HALO = 'rgba(0, 0, 0, 0.55)'

/** Faint fills of what lies under an outline. */
export const WASH = {
  region: 'rgba(255, 122, 47, 0.10)',
  brush: 'rgba(255, 255, 255, 0.06)',
  area: 'rgba(255, 255, 255, 0.08)',
} as const

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

/** Of picks in the score plane, red, green and blue. */
export const DENSITY = { counting: [245, 230, 99], leftOut: [150, 162, 176] } as const

/** How the picks of a source are drawn. `dash`: of the ring, CSS pixels; it tells sources apart without hues. */
export interface SourceLook {
  readonly colour: string
  readonly dash: readonly number[]
}

/** Of what an export says, when it is looked at: no label, pick or source has this one. */
export const READ_BACK = '#ff2fd6'

/** Of sources besides the trainings, in their order: hues that no label or pick has, and a dash of its own each. */
export const SOURCES: readonly SourceLook[] = [
  { colour: '#c4aaff', dash: [7, 3] },
  { colour: '#a6e22e', dash: [2, 3] },
  { colour: '#ff6f91', dash: [12, 3, 2, 3] },
  { colour: '#35d6d6', dash: [4, 4] },
  { colour: '#e2c9a1', dash: [14, 4] },
  { colour: '#e36bff', dash: [2, 2, 6, 2] },
]

/** Picks that are looked at before they are stored: brighter than any source, and solid. */
export const COMING: SourceLook = { colour: '#7dffea', dash: [] }

export function sourceLook(place: number): SourceLook {
  return SOURCES[place % SOURCES.length] as SourceLook
}

/** Of two sets of picks that are compared: what both have, and what only one of them has. */
export const COMPARED = {
  matched: { colour: '#2fdc9f', dash: [] },
  only_first: { colour: '#5cc8ff', dash: [8, 4] },
  only_second: { colour: '#ff9a3d', dash: [3, 3] },
} as const satisfies Record<string, SourceLook>

/** Hues of people, degrees; more than eight people share them. */
export const HUES = [205, 28, 152, 330, 48, 265, 180, 0] as const

export function personHue(id: number): (typeof HUES)[number] {
  return HUES[id % HUES.length] as (typeof HUES)[number]
}

/** Of a person's marks on an image. */
export function hueColour(hue: number): string {
  return `hsl(${hue} 90% 70%)`
}

/** Behind a person's initials. */
export function hueGround(hue: number): string {
  return `hsl(${hue} 42% 32%)`
}

/** Of what nobody marked, where colours say who did: quieter than any person's. */
export const NOBODY = '#b2b9c0'

export function publishColours(style: CSSStyleDeclaration): void {
  for (const name of Object.keys(COLOURS) as MarkStyle[])
    style.setProperty(`--mark-${name}`, `light-dark(${ON_LIGHT[name]}, ${COLOURS[name]})`)
}
