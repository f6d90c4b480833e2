import type { Point } from './point'

/** OpenSeadragon counts from the coarsest level, the server from the finest. */
export function serverLevel(viewerLevel: number, levels: number): number {
  return levels - 1 - viewerLevel
}

/** The level of the tiles drawn at `scale` CSS pixels per pixel: OpenSeadragon's rule with `minPixelRatio` 0.5. */
export function levelAt(scale: number, levels: number): number {
  return Math.min(Math.max(Math.ceil(Math.log2(0.5 / scale)), 0), levels - 1)
}

/**
 * Columns and rows of the tiles of a level, `tile` pixels wide and high, that a window of `across` × `down` image
 * pixels around a place shows.
 */
export function tilesAround(
  tile: number,
  image: { readonly width: number; readonly height: number },
  level: number,
  at: Point,
  across: number,
  down: number,
): [column: number, row: number][] {
  const edge = tile * 2 ** level
  const range = (middle: number, extent: number, size: number): number[] => {
    const first = Math.max(0, Math.floor((middle - extent / 2) / edge))
    const last = Math.min(Math.ceil(size / edge) - 1, Math.floor((middle + extent / 2) / edge))
    return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i)
  }
  const columns = range(at.x, across, image.width)
  return range(at.y, down, image.height).flatMap(row =>
    columns.map((column): [number, number] => [column, row]),
  )
}

/** `look` is empty for the micrograph as it is. */
export function tileUrl(
  base: string,
  key: string,
  look: string,
  level: number,
  column: number,
  row: number,
): string {
  return `${base}/${key}/${look && `${look}/`}${level}/${column}_${row}.jpg`
}
