export interface ScaleBar {
  /** Length on screen, CSS pixels. */
  readonly pixels: number
  readonly label: string
}

/** The longest of 1, 2, 5 × 10ⁿ Å (nm from 10 Å on) that fits into `most` CSS pixels. */
export function scaleBar(angstromPerScreenPixel: number, most: number): ScaleBar {
  const longest = angstromPerScreenPixel * most
  const power = 10 ** Math.floor(Math.log10(longest))
  const step = [5, 2, 1].find(factor => factor * power <= longest) ?? 1
  const length = step * power
  const label = length >= 10 ? `${trim(length / 10)} nm` : `${trim(length)} Å`
  return { pixels: length / angstromPerScreenPixel, label }
}

function trim(value: number): string {
  return String(Number(value.toPrecision(3)))
}

/** A length on the micrograph in words: Å where the pixel size is known, and pixels. */
export function measured(pixels: number, pixelSize: number | null): string {
  const own = `${pixels.toFixed(pixels < 100 ? 1 : 0)} px`
  if (pixelSize === null) return own
  const angstrom = pixels * pixelSize
  return `${angstrom.toFixed(angstrom < 100 ? 1 : 0)} Å · ${own}`
}
