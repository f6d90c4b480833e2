import { COLUMNS, PickBlock } from '../model/picks/picks'

const HEADER = 12

/**
 * Little-endian blocks, one a micrograph: uint32 micrograph, uint32 source, uint32 n, then n rows of
 * float32 x, y, particle score, contamination score. Raises RangeError where the data end too early.
 */
export function parsePicks(data: ArrayBuffer): [micrograph: number, block: PickBlock][] {
  const view = new DataView(data)
  const result: [number, PickBlock][] = []
  for (let at = 0; at < data.byteLength; ) {
    const micrograph = view.getUint32(at, true)
    const source = view.getUint32(at + 4, true)
    const numbers = view.getUint32(at + 8, true) * COLUMNS
    result.push([micrograph, new PickBlock(source, floats(view, at + HEADER, numbers))])
    at += HEADER + numbers * 4
  }
  return result
}

/** Reads through the view: a typed array would take the machine's byte order. */
function floats(view: DataView, offset: number, count: number): Float32Array {
  const rows = new Float32Array(count)
  for (let i = 0; i < count; i++) rows[i] = view.getFloat32(offset + i * 4, true)
  return rows
}
