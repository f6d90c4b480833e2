import { describe, expect, test } from 'vitest'
import { transfer, zeroFrequency, zeroRings } from '../../../src/model/micrographs/ctf'
import type { Ctf } from '../../../src/wire'

const PLAIN: Ctf = {
  defocus_u: 15000,
  defocus_v: 15000,
  astigmatism_angle: 0,
  voltage: 300,
  spherical_aberration: 2.7,
  amplitude_contrast: 0.1,
  phase_shift: 0,
  resolution: null,
}

/** Where the function changes its sign along a direction: by small steps, then by halving. */
function rootsByHand(ctf: Ctf, direction: number, most: number): number[] {
  const found: number[] = []
  const step = most / 20000
  for (let k = step; k < most; k += step) {
    let [low, high] = [k, k + step]
    const sign = Math.sign(transfer(ctf, low, direction))
    if (sign === Math.sign(transfer(ctf, high, direction))) continue
    for (let i = 0; i < 50; i++) {
      const middle = (low + high) / 2
      if (Math.sign(transfer(ctf, middle, direction)) === sign) low = middle
      else high = middle
    }
    found.push(low)
  }
  return found
}

function zeros(ctf: Ctf, direction: number, most: number): number[] {
  const all = Array.from({ length: 200 }, (_, i) => zeroFrequency(ctf, i + 1, direction))
  return all.filter(k => k !== null && k < most) as number[]
}

describe.each([
  ['round', {}],
  ['astigmatic', { defocus_u: 16000, defocus_v: 12000, astigmatism_angle: 30 }],
  ['at 200 kV without aberration', { voltage: 200, spherical_aberration: 0 }],
  ['with a phase plate', { defocus_u: 6000, defocus_v: 6000, phase_shift: 90 }],
])('%s', (_, change) => {
  test.each([0, 0.7, 2.5])('zeros lie where the function changes its sign, along %d radians', direction => {
    const ctf = { ...PLAIN, ...change }
    const byHand = rootsByHand(ctf, direction, 0.4)
    expect(byHand.length).toBeGreaterThan(5)
    const found = zeros(ctf, direction, 0.4)
    expect(found).toHaveLength(byHand.length)
    for (const [i, k] of found.entries()) expect(k).toBeCloseTo(byHand[i] as number, 8)
  })
})

test('contrast starts at the amplitude contrast, and dark', () => {
  expect(transfer(PLAIN, 0, 0)).toBeCloseTo(-0.1)
})

test('the defocus along the angle of astigmatism is U, across it V', () => {
  const ctf = { ...PLAIN, defocus_u: 20000, defocus_v: 10000, astigmatism_angle: 90 }
  const along = zeroFrequency({ ...PLAIN, defocus_u: 20000, defocus_v: 20000 }, 1, 0)
  const across = zeroFrequency({ ...PLAIN, defocus_u: 10000, defocus_v: 10000 }, 1, 0)
  expect(zeroFrequency(ctf, 1, Math.PI / 2)).toBeCloseTo(along as number, 10)
  expect(zeroFrequency(ctf, 1, 0)).toBeCloseTo(across as number, 10)
})

test('rings are all the zeros that reach below the frequency, in parts of it', () => {
  const rings = zeroRings(PLAIN, 0.25)
  expect(rings).toHaveLength(rootsByHand(PLAIN, 0, 0.25).length)
  expect(0.25 * (rings[0]?.[0]?.x ?? 0)).toBeCloseTo(zeroFrequency(PLAIN, 1, 0) as number, 10)
})

test('a ring of an astigmatic micrograph is longer across the larger defocus', () => {
  const [first] = zeroRings({ ...PLAIN, defocus_v: 8000, astigmatism_angle: 0 }, 0.25)
  const reach = (axis: 'x' | 'y'): number => Math.max(...(first ?? []).map(corner => corner[axis]))
  expect(reach('y') / reach('x')).toBeCloseTo(Math.sqrt(15000 / 8000), 1)
})

test('rings end where they would crowd', () => {
  const rings = zeroRings({ ...PLAIN, defocus_u: 30000, defocus_v: 30000 }, 0.33)
  const radii = rings.map(ring => ring[0]?.x ?? 0)
  expect(radii.at(-1)).toBeLessThan(0.4)
  expect((radii.at(-1) as number) - (radii.at(-2) as number)).toBeGreaterThan(1 / 42)
})

test('where the aberration outweighs the defocus no ring is drawn', () => {
  const near = { ...PLAIN, defocus_u: 500, defocus_v: 500 }
  expect(zeroRings(near, 1)).toHaveLength(0)
})

test('a phase shift moves the first zero inwards', () => {
  const shifted = zeroRings({ ...PLAIN, phase_shift: 90 }, 0.25)
  const radius = (rings: ReturnType<typeof zeroRings>): number => rings[0]?.[0]?.x ?? Number.NaN
  expect(radius(shifted)).toBeLessThan(radius(zeroRings(PLAIN, 0.25)))
})
