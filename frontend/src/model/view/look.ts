/** Which image of a micrograph is shown. Wavelengths in Å; null leaves all waves. */
export interface Look {
  readonly look: 'raw' | 'filtered' | 'denoised'
  readonly lowPass: number | null
  readonly highPass: number | null
}

/** Least and greatest wavelengths of the filters, Å. */
export const WAVES = { lowPass: [4, 100], highPass: [50, 3000] } as const

/** Shortest wave an image holds, pixels. */
const NYQUIST = 2

/** The word for a look in the addresses of tiles: wavelengths in tenths of a pixel. Empty for the image as it is. */
export function lookWord({ look, lowPass, highPass }: Look, pixelSize: number | null): string {
  if (look === 'denoised') return 'denoised'
  if (look === 'raw' || pixelSize === null) return ''
  const word = (letter: string, angstrom: number | null): string => {
    const pixels = angstrom === null ? 0 : angstrom / pixelSize
    return pixels > NYQUIST ? `${letter}${Math.round(10 * pixels)}` : ''
  }
  return word('l', lowPass) + word('h', highPass)
}

/** A wavelength to two digits, as people say it: 12 Å, 130 Å. */
export function roundWave(angstrom: number): number {
  return Number(angstrom.toPrecision(2))
}
