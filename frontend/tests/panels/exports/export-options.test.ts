import { signal } from '@preact/signals'
import { expect, test } from 'vitest'
import { type Options, wantedExport } from '../../../src/panels/exports/export-options'

const make = (text: Partial<Record<string, string>> = {}): Options => {
  const names = ['folder', 'least_score', 'scale', 'box_px', 'binned_box', 'extension']
  const parts = ['remove_prefix', 'remove_suffix', 'add_prefix', 'add_suffix']
  const texts = Object.fromEntries([...names, ...parts].map(name => [name, signal(text[name] ?? '')]))
  const flags = ['alone', 'flipY', 'reviewedOnly', 'invert', 'normalise', 'halfPrecision', 'provenance']
  return {
    ...texts,
    ...Object.fromEntries(flags.map(name => [name, signal(false)])),
    format: signal(text.format ?? 'relion'),
    sources: signal([0]),
    snapshot: signal(null),
  } as unknown as Options
}

test('what is left empty is what the server takes by itself', () => {
  expect(wantedExport(make(), null)).toMatchObject({
    micrograph: null,
    scale: 1,
    box_px: null,
    least_score: null,
  })
})

test('the folder is of RELION and cryoSPARC alone', () => {
  expect(wantedExport(make({ folder: ' MotionCorr ' }), 3)).toMatchObject({
    folder: 'MotionCorr',
    micrograph: 3,
  })
  expect(wantedExport(make({ folder: 'J2', format: 'cryosparc' }), 3)).toMatchObject({ folder: 'J2' })
  expect(wantedExport(make({ folder: 'MotionCorr', format: 'csv' }), 3)).toMatchObject({ folder: '' })
})

test.each([
  ['scale', '0', 'scale'],
  ['scale', 'two', 'scale'],
  ['box_px', '64.5', 'whole'],
  ['least_score', 'high', 'score'],
])('a %s of %s is said to be wrong', (name, text, word) => {
  expect(wantedExport(make({ [name]: text }), null)).toContain(word)
})
