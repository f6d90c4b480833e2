import { expect, test } from 'vitest'
import { parsePicks } from '../../src/api/picks'

function bytes(blocks: [micrograph: number, training: number, rows: number[][]][]): ArrayBuffer {
  const size = blocks.reduce((sum, [, , rows]) => sum + 12 + rows.length * 16, 0)
  const view = new DataView(new ArrayBuffer(size))
  let at = 0
  for (const [micrograph, training, rows] of blocks) {
    for (const value of [micrograph, training, rows.length]) {
      view.setUint32(at, value, true)
      at += 4
    }
    for (const value of rows.flat()) {
      view.setFloat32(at, value, true)
      at += 4
    }
  }
  return view.buffer
}

test('blocks of several micrographs are read one after another', () => {
  const parsed = parsePicks(
    bytes([
      [3, 8, [[1.5, 2.5, 0.75, 0.25]]],
      [4, 8, []],
      [5, 7, [[9, 8, 0.5, 1]]],
    ]),
  )
  expect(parsed.map(([micrograph, { source, count }]) => [micrograph, source, count])).toEqual([
    [3, 8, 1],
    [4, 8, 0],
    [5, 7, 1],
  ])
  expect([...(parsed[0]?.[1].rows ?? [])]).toEqual([1.5, 2.5, 0.75, 0.25])
})

test('an empty answer is no picks', () => {
  expect(parsePicks(new ArrayBuffer(0))).toEqual([])
})

test('data that end too early are refused', () => {
  expect(() => parsePicks(bytes([[3, 8, [[1, 2, 3, 4]]]]).slice(0, 20))).toThrow(RangeError)
})
