import { expect, test } from 'vitest'
import { PlaceTool } from '../../src/tools/place'
import { FakeHand } from './hand'

const at = { x: 10, y: 20 }

test('a press begins a comment on its place', () => {
  const hand = new FakeHand()
  const tool = new PlaceTool('comment', () => hand)
  tool.down({ x: 8, y: 20 })
  expect(tool.preview).toEqual({ ring: { at: { x: 8, y: 20 }, style: 'plain' } })
  tool.move(at)
  tool.up(at)
  expect(hand.commented).toEqual([at])
  expect(tool.preview).toBeNull()
})

test('a press that is cancelled begins none', () => {
  const hand = new FakeHand()
  const tool = new PlaceTool('comment', () => hand)
  tool.down(at)
  tool.cancel()
  tool.up(at)
  expect(hand.commented).toEqual([])
})

test('a press shows others its place', () => {
  const hand = new FakeHand()
  const tool = new PlaceTool('point', () => hand)
  tool.down(at)
  tool.up(at)
  expect([hand.pointed, hand.commented]).toEqual([[at], []])
})
