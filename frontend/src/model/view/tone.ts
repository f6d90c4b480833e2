/** How grey values are shown. `black` and `white` in [0, 1] of the grey values there are, `black` < `white`. */
export interface Tone {
  readonly black: number
  readonly white: number
  /** Above 1 the middle greys are brighter. */
  readonly gamma: number
  readonly invert: boolean
}

export const GREYS = 256

/** The bounds never come nearer than this: between them the image is stretched to all greys. */
export const LEAST_RANGE = 4 / (GREYS - 1)

/** What each grey value becomes, both in [0, 1]. */
export function toneTable({ black, white, gamma, invert }: Tone): number[] {
  return Array.from({ length: GREYS }, (_, grey) => {
    const stretched = (grey / (GREYS - 1) - black) / (white - black)
    const shown = Math.min(1, Math.max(0, stretched)) ** (1 / gamma)
    return invert ? 1 - shown : shown
  })
}

export function isPlain({ black, white, gamma, invert }: Tone): boolean {
  return black === 0 && white === 1 && gamma === 1 && !invert
}

/** Standard deviation of a normal distribution over its median absolute deviation. */
const MAD_TO_SIGMA = 1.4826

/** Standard deviations of the ice that are shown on either side of its middle. */
const SPREAD = 3

/**
 * Bounds around the median, three robust standard deviations wide: ice crystals and the edge of the carbon
 * do not take the greys away from the particles. Null where nothing was counted.
 */
export function autoBounds(histogram: Uint32Array): Pick<Tone, 'black' | 'white'> | null {
  const middle = medianOf(histogram)
  if (middle === null) return null
  const away = new Uint32Array(GREYS)
  histogram.forEach((count, grey) => {
    const distance = Math.min(GREYS - 1, Math.round(Math.abs(grey - middle)))
    away[distance] = (away[distance] as number) + count
  })
  const sigma = Math.max(1, medianOf(away) ?? 0) * MAD_TO_SIGMA
  const bound = (grey: number): number => Math.min(1, Math.max(0, grey / (GREYS - 1)))
  return { black: bound(middle - SPREAD * sigma), white: bound(middle + SPREAD * sigma) }
}

function medianOf(counts: Uint32Array): number | null {
  const half = counts.reduce((sum, count) => sum + count, 0) / 2
  let sum = 0
  for (const [value, count] of counts.entries()) {
    sum += count
    if (count > 0 && sum >= half) return value
  }
  return null
}
