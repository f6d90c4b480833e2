import { expect, test } from 'vitest'
import { CommentTool } from '../../src/tools/comment'
import { FakeHand } from './hand'

const at = { x: 10, y: 20 }

test('a press begins a comment on its place', () => {
  const hand = new FakeHand()
  const tool = new CommentTool(() => hand)
  tool.down({ x: 8, y: 20 })
  expect(tool.preview).toEqual({ ring: { at: { x: 8, y: 20 }, style: 'plain' } })
  tool.move(at)
  tool.up(at)
  expect(hand.commented).toEqual([at])
  expect(tool.preview).toBeNull()
})

test('a press that is cancelled begins none', () => {
  const hand = new FakeHand()
  const tool = new CommentTool(() => hand)
  tool.down(at)
  tool.cancel()
  tool.up(at)
  expect(hand.commented).toEqual([])
})
