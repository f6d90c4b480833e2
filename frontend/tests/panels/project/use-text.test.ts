import { expect, test } from 'vitest'
import { useText } from '../../../src/panels/project/use-text'

test('what is used is said with its limits, where there are any', () => {
  const use = { bytes: 3.2e9, micrographs: 1200, most_bytes: 5e10, most_micrographs: 2000 }
  expect(useText(use)).toBe('In use: 1,200 of 2,000 micrographs, 3.2 GB of 50.0 GB on the server.')
  const free = { ...use, most_bytes: null, most_micrographs: null }
  expect(useText(free)).toBe('In use: 1,200 micrographs, 3.2 GB on the server.')
})
