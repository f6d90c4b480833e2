/** Resolutions whose rings are drawn, Å. */
const RINGS = [40, 20, 10, 7, 5, 4, 3]

/**
 * The resolution at a place of a power spectrum, Å (pixels where the pixel size is unknown: pass 1).
 * `x` and `y` are from its middle, as parts of half its side, where Nyquist's frequency lies.
 */
export function resolutionAt(x: number, y: number, pixelSize: number): number {
  return (2 * pixelSize) / Math.hypot(x, y)
}

/** Rings that lie inside the spectrum, and far enough from each other: radius as a part of half its side. */
export function rings(pixelSize: number): { angstrom: number; radius: number }[] {
  return RINGS.map(angstrom => ({ angstrom, radius: (2 * pixelSize) / angstrom })).filter(
    ({ radius }) => radius > 0.1 && radius <= 1,
  )
}
