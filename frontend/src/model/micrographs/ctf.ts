import type { Point } from '../../geometry/point'
import type { Ctf } from '../../wire'

/** Rings closer than this, parts of half the side of a spectrum (six pixels of 512), would only hide it. */
const CROWDED = 1 / 42

/** Directions, around the circle, in which a ring is computed. */
const CORNERS = 90

/** Electron wavelength in Å at a voltage in kV, relativistic: 0.0197 at 300 kV. */
function wavelength(kilovolt: number): number {
  const volt = 1000 * kilovolt
  return 12.2643 / Math.sqrt(volt + 0.97845e-6 * volt ** 2)
}

/** Å, along a direction in radians from the x axis towards the y axis. */
function defocusAlong({ defocus_u, defocus_v, astigmatism_angle }: Ctf, direction: number): number {
  const turned = 2 * (direction - (astigmatism_angle * Math.PI) / 180)
  return (defocus_u + defocus_v + (defocus_u - defocus_v) * Math.cos(turned)) / 2
}

/** Å */
export function meanDefocus({ defocus_u, defocus_v }: Ctf): number {
  return (defocus_u + defocus_v) / 2
}

/** The phase in addition to that of defocus and aberration: from the phase plate and from absorption. */
function constantPhase({ phase_shift, amplitude_contrast }: Ctf): number {
  return (phase_shift * Math.PI) / 180 + Math.asin(amplitude_contrast)
}

/**
 * The contrast transfer function at a frequency, 1/Å, along a direction: -sin(χ), as in RELION and CTFFIND.
 * Source: Rohou and Grigorieff (2015), J. Struct. Biol. 192, 216.
 */
export function transfer(ctf: Ctf, frequency: number, direction: number): number {
  const length = wavelength(ctf.voltage)
  const squared = frequency ** 2
  const aberration = 0.5e7 * ctf.spherical_aberration * length ** 2 * squared
  const phase = Math.PI * length * squared * (defocusAlong(ctf, direction) - aberration)
  return -Math.sin(phase + constantPhase(ctf))
}

/**
 * The frequency, 1/Å, at which the phase is `n` π along a direction; null where there is none.
 * Beyond the frequency at which the aberration outweighs the defocus the phase falls again; zeros there are left out.
 */
export function zeroFrequency(ctf: Ctf, n: number, direction: number): number | null {
  const length = wavelength(ctf.voltage)
  const wanted = (n * Math.PI - constantPhase(ctf)) / (Math.PI * length)
  const defocus = defocusAlong(ctf, direction)
  const root = defocus ** 2 - 2e7 * ctf.spherical_aberration * length ** 2 * wanted
  return wanted > 0 && root >= 0 ? Math.sqrt((2 * wanted) / (defocus + Math.sqrt(root))) : null
}

/**
 * The closed lines of zeros that are whole and reach below a frequency, from the innermost to where they crowd: their
 * corners, as parts of that frequency.
 */
export function zeroRings(ctf: Ctf, most: number): Point[][] {
  const start = constantPhase(ctf) / Math.PI
  const turns = wavelength(ctf.voltage) * most ** 2 * Math.max(ctf.defocus_u, ctf.defocus_v)
  const rings: Point[][] = []
  let inner = 0
  for (let n = Math.floor(start) + 1; n <= start + turns; n++) {
    const ring = ringOf(ctf, n, most)
    const radius = Math.min(...ring.map(({ x, y }) => Math.hypot(x, y)))
    if (ring.length < CORNERS || radius > 1 || radius - inner < CROWDED) break
    rings.push(ring)
    inner = radius
  }
  return rings
}

function ringOf(ctf: Ctf, n: number, most: number): Point[] {
  const ring: Point[] = []
  for (let i = 0; i < CORNERS; i++) {
    const direction = (2 * Math.PI * i) / CORNERS
    const radius = zeroFrequency(ctf, n, direction)
    if (radius !== null)
      ring.push({ x: (radius * Math.cos(direction)) / most, y: (radius * Math.sin(direction)) / most })
  }
  return ring
}
