/** What the right column shows, in the order of the rail; the keys 1, 2 … choose them. */
export const SIDES = ['picking', 'people', 'queue', 'comments', 'history'] as const

export type SideName = (typeof SIDES)[number]
