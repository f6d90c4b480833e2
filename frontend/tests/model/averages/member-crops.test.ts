import { expect, test } from 'vitest'
import { listMembers } from '../../../src/model/averages/member-crops'
import type { Crop } from '../../../src/model/gallery/crops'
import { member, verdict } from '../../make'

function crop(change: Partial<Crop> = {}): Crop {
  const scores = { particleScore: 0.9, contaminationScore: 0.1 }
  return { micrograph: 1, x: 100, y: 100, kind: 'pick', ...scores, mark: null, ...change }
}

const list = (members: Parameters<typeof listMembers>[0], crops: readonly Crop[]) =>
  listMembers(
    members,
    micrograph => crops.filter(each => each.micrograph === micrograph),
    () => 40,
  )

test('crops are in the order of the members, whatever kind they are', () => {
  const crops = [crop(), crop({ micrograph: 2, kind: 'reject', mark: verdict({ micrograph: 2 }) })]
  const members = [member({ micrograph: 2 }), member()]
  expect(list(members, crops)).toEqual([crops[1], crops[0]])
})

test('a moved pick is found by the place where it was', () => {
  const moved = crop({ x: 200, mark: verdict({ kind: 'move', to: { x: 200, y: 100 } }) })
  expect(list([member()], [moved])).toEqual([moved])
})

test('a pick that is there no more has a crop that is left out', () => {
  expect(list([member({ x: 300 })], [crop()])).toEqual([crop({ x: 300, kind: 'out' })])
})

test('two members of one place have one crop', () => {
  expect(list([member(), member({ x: 101 })], [crop()])).toHaveLength(1)
})
