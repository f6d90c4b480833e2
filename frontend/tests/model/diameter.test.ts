import { expect, test } from 'vitest'
import { diameterUnsettled, diameterWords, likelihoodAt } from '../../src/model/diameter'
import { projectRow } from '../make'

const CURVE = [
  [100, 0.2],
  [200, 0.6],
  [400, 0.1],
] as const

test('a diameter is settled once a person has set it', () => {
  expect(diameterUnsettled(projectRow())).toBe(false)
  expect(diameterUnsettled(projectRow({ diameter_provisional: true }))).toBe(true)
  expect(diameterUnsettled(projectRow({ particle_diameter: null }))).toBe(true)
})

test('what is taken is said, also while micrographs are looked at again', () => {
  const said = 'Particles are taken to be 172 Å wide, as the micrographs suggest.'
  expect(diameterWords(172, { diameter: 172, reason: '' }, false)).toBe(said)
  expect(diameterWords(172, null, true)).toBe(`${said} CryoWeb is looking at them again.`)
})

test('without a diameter the words say why there is none', () => {
  expect(diameterWords(null, null, true)).toContain('is looking at the micrographs')
  expect(diameterWords(null, null, false)).toContain('is not known yet')
  expect(diameterWords(null, { diameter: 90, reason: '' }, false)).toContain('not sure')
  expect(diameterWords(null, { diameter: 90, reason: '' }, false)).toContain('90 Å')
  expect(diameterWords(null, { diameter: null, reason: 'They are empty.' }, false)).toBe('They are empty.')
})

test('a likelihood between two sizes lies between theirs by equal factors', () => {
  expect(likelihoodAt(CURVE, 100)).toBe(0.2)
  expect(likelihoodAt(CURVE, 400)).toBeCloseTo(0.1)
  expect(likelihoodAt(CURVE, 100 * Math.SQRT2)).toBeCloseTo(0.4)
})

test('sizes that were not tried have no likelihood', () => {
  expect(likelihoodAt(CURVE, 99)).toBeNull()
  expect(likelihoodAt(CURVE, 401)).toBeNull()
  expect(likelihoodAt([], 100)).toBeNull()
})
