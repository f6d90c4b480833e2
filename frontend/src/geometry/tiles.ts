/** Edge of a tile on the server, pixels. */
export const TILE = 512

/** Size of a pyramid level: each is the half of the one before, rounded up. Level 0 is full resolution. */
export function levelSize(width: number, height: number, level: number): [width: number, height: number] {
  return [Math.ceil(width / 2 ** level), Math.ceil(height / 2 ** level)]
}

/** OpenSeadragon counts from the coarsest level, the server from the finest. */
export function serverLevel(viewerLevel: number, levels: number): number {
  return levels - 1 - viewerLevel
}

export function tileUrl(base: string, key: string, level: number, column: number, row: number): string {
  return `${base}/${key}/${level}/${column}_${row}.jpg`
}
