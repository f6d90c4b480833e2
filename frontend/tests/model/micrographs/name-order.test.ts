import { expect, test } from 'vitest'
import cases from '../../../../tests/data/name_order.json'
import { insertByName } from '../../../src/model/micrographs/name-order'

const added = (names: readonly string[]): string[] =>
  names
    .reduce<readonly { name: string }[]>((rows, name) => insertByName(rows, { name }), [])
    .map(({ name }) => name)

test.each(cases)('$name', ({ ordered }) => {
  expect(added(ordered)).toEqual(ordered)
  expect(added([...ordered].reverse())).toEqual(ordered)
})
