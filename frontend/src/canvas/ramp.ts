/** Dark to bright and legible to the colour-blind: stops after matplotlib's “inferno” (van der Walt & Smith, 2015). */
const STOPS = [
  [0, 0, 4],
  [87, 16, 110],
  [188, 55, 84],
  [249, 142, 9],
  [252, 255, 164],
] as const

/** Colour of a score in [0, 1], red, green and blue in 0 … 255. */
export function scoreColour(score: number): [red: number, green: number, blue: number] {
  const at = Math.min(1, Math.max(0, score)) * (STOPS.length - 1)
  const i = Math.min(STOPS.length - 2, Math.floor(at))
  const [a, b] = [STOPS[i], STOPS[i + 1]] as [(typeof STOPS)[number], (typeof STOPS)[number]]
  const mix = (channel: 0 | 1 | 2): number => Math.round(a[channel] + (b[channel] - a[channel]) * (at - i))
  return [mix(0), mix(1), mix(2)]
}

/** Low scores let the micrograph through. */
function alphaOf(score: number): number {
  return Math.round(255 * Math.min(1, 1.6 * score))
}

/** Turns grey pixels, RGBA with equal channels, into the colours of their scores. */
export function colourScores(pixels: Uint8ClampedArray): void {
  const table = Array.from({ length: 256 }, (_, grey) => [...scoreColour(grey / 255), alphaOf(grey / 255)])
  for (let i = 0; i < pixels.length; i += 4) pixels.set(table[pixels[i] as number] as number[], i)
}

/** The ramp as a style sheet writes it, over what is black. */
export function rampGradient(): string {
  const steps = Array.from({ length: 9 }, (_, i) => {
    const alpha = (alphaOf(i / 8) / 255).toFixed(2)
    return `rgb(${scoreColour(i / 8).join(' ')} / ${alpha})`
  })
  return `linear-gradient(to right, ${steps.join(', ')})`
}
