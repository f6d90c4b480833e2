import type { Point } from '../geometry/point'

/** A crop as the server knows it: `key` of its micrograph, side `box` in micrograph pixels. */
export interface CropPlace extends Point {
  readonly key: string
  readonly box: number
}

const HEAD = 19
const PLACE = 8
const MOST_A_GROUP = 255

/** How crops are made: `side` pixels each, smoothed or as the micrograph is. */
export interface CropLook {
  readonly side: number
  readonly smooth: boolean
}

/** The address of one JPEG of the crops in their order; `picking/tiles/crops.py` reads it. */
export function sheetUrl(tiles: string, { side, smooth }: CropLook, places: readonly CropPlace[]): string {
  const groups = grouped(places)
  const bytes = groups.reduce((sum, group) => sum + HEAD + PLACE * group.length, 0)
  const view = new DataView(new ArrayBuffer(bytes))
  let at = 0
  for (const group of groups) at = writeGroup(view, at, group)
  const text = btoa(String.fromCharCode(...new Uint8Array(view.buffer)))
  const packed = text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
  return `${tiles}/crops/${side}/${smooth ? 'smooth/' : ''}${packed}.jpg`
}

/** Runs of places of the same micrograph. */
function grouped(places: readonly CropPlace[]): CropPlace[][] {
  const groups: CropPlace[][] = []
  for (const place of places) {
    const last = groups[groups.length - 1]
    const first = last?.[0]
    const joins = first?.key === place.key && first.box === place.box && last && last.length < MOST_A_GROUP
    if (joins) last.push(place)
    else groups.push([place])
  }
  return groups
}

function writeGroup(view: DataView, start: number, group: readonly CropPlace[]): number {
  const { key, box } = group[0] as CropPlace
  const hex = key.replaceAll('-', '')
  for (let i = 0; i < 16; i++) view.setUint8(start + i, Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16))
  view.setUint16(start + 16, box, true)
  view.setUint8(start + 18, group.length)
  let at = start + HEAD
  for (const { x, y } of group) {
    view.setFloat32(at, x, true)
    view.setFloat32(at + 4, y, true)
    at += PLACE
  }
  return at
}
