import { expect, test } from 'vitest'
import { sheetUrl } from '../../src/api/crops'

const RAW = { side: 96, smooth: false }
const KEY = '00112233-4455-6677-8899-aabbccddeeff'

function bytesOf(url: string): number[] {
  const text = url.split('/').at(-1)?.replace('.jpg', '').replaceAll('-', '+').replaceAll('_', '/') ?? ''
  return [...atob(text)].map(letter => letter.charCodeAt(0))
}

test('an address is what the server reads', () => {
  const url = sheetUrl('/tiles/1/2/3/abc', RAW, [{ key: KEY, box: 0x0102, x: 1, y: -2 }])
  expect(url).toMatch(/^\/tiles\/1\/2\/3\/abc\/crops\/96\/[\w-]+\.jpg$/)
  expect(bytesOf(url)).toEqual([
    ...[0x00, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88, 0x99, 0xaa, 0xbb, 0xcc, 0xdd, 0xee, 0xff],
    ...[0x02, 0x01, 1],
    ...[0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0],
  ])
})

test('crops of one micrograph in a row name it once', () => {
  const place = { key: KEY, box: 80, x: 1, y: 2 }
  expect(bytesOf(sheetUrl('', RAW, [place, place, place]))).toHaveLength(19 + 3 * 8)
  const other = { ...place, key: KEY.replace('ff', 'fe') }
  expect(bytesOf(sheetUrl('', RAW, [place, other, place]))).toHaveLength(3 * (19 + 8))
})

test('smoothed crops have an address of their own', () => {
  const place = { key: KEY, box: 80, x: 1, y: 2 }
  expect(sheetUrl('', { side: 96, smooth: true }, [place])).toMatch(/^\/crops\/96\/smooth\/[\w-]+\.jpg$/)
})
