import { expect, test } from 'vitest'
import { cases } from '../../../tests/data/fingerprints.json'
import { fingerprint } from '../../src/uploads/fingerprint'

function content(size: number, seed: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length: size }, (_, i) => (31 * i * i + 7 * i + seed + (i >> 8)) % 251)
}

test.each(cases)('a fingerprint is that which the server makes: $size bytes, seed $seed', async each => {
  expect(await fingerprint(new Blob([content(each.size, each.seed)]))).toBe(each.fingerprint)
})
