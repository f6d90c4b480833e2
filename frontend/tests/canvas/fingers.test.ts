import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Fingers } from '../../src/canvas/fingers'
import type { InputHandlers } from '../../src/canvas/input-handlers'
import type { Point } from '../../src/geometry/point'
import { makeTools } from '../../src/tools'
import type { ToolName } from '../../src/tools/tool'
import { FakeHand } from '../tools/hand'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function setUp(name: ToolName) {
  const hand = new FakeHand()
  const tools = makeTools(
    () => hand,
    () => hand,
  )
  const panned: Point[] = []
  const zoomed: { factor: number; at: Point }[] = []
  const asked: Point[] = []
  const handlers: InputHandlers = {
    tool: () => tools[name],
    toImage: point => point,
    panning: () => false,
    pan: (x, y) => void panned.push({ x, y }),
    zoom: (factor, at) => void zoomed.push({ factor, at }),
    press: () => ({ shift: false, alt: false }),
    context: at => void asked.push(at),
    wheel: () => false,
    hover: () => undefined,
    changed: () => undefined,
  }
  return { hand, tool: tools[name], fingers: new Fingers(handlers), panned, zoomed, asked }
}

test('a tap with a label tool places a label', () => {
  const { hand, fingers } = setUp('particle')
  fingers.down(1, { x: 100, y: 100 })
  fingers.up(1, { x: 102, y: 101 })
  expect(hand.changes).toMatchObject([{ after: { x: 102, y: 101 } }])
})

test('one finger pans with the select tool', () => {
  const { fingers, panned } = setUp('select')
  fingers.down(1, { x: 100, y: 100 })
  fingers.move(1, { x: 130, y: 90 })
  expect(panned).toEqual([{ x: 30, y: -10 }])
})

test('two fingers zoom around their middle, pan, and leave nothing behind', () => {
  const { hand, fingers, panned, zoomed } = setUp('particle')
  fingers.down(1, { x: 100, y: 100 })
  fingers.down(2, { x: 200, y: 100 })
  fingers.move(2, { x: 300, y: 100 })
  expect(zoomed).toEqual([{ factor: 2, at: { x: 150, y: 100 } }])
  expect(panned).toEqual([{ x: 50, y: 0 }])
  fingers.up(1, { x: 100, y: 100 })
  fingers.move(2, { x: 310, y: 100 })
  fingers.up(2, { x: 310, y: 100 })
  expect(hand.changes).toEqual([])
})

test('two fingers leave the corners of a polygon as they are', () => {
  const { tool, fingers } = setUp('polygon')
  fingers.down(1, { x: 100, y: 100 })
  fingers.up(1, { x: 100, y: 100 })
  fingers.down(1, { x: 100, y: 200 })
  fingers.down(2, { x: 200, y: 200 })
  fingers.up(2, { x: 200, y: 200 })
  fingers.up(1, { x: 100, y: 200 })
  expect(tool.preview?.corners).toHaveLength(1)
})

test('a finger that rests asks what is there, and places nothing', () => {
  const { hand, fingers, asked } = setUp('particle')
  fingers.down(1, { x: 100, y: 100 })
  fingers.move(1, { x: 103, y: 100 })
  vi.advanceTimersByTime(600)
  fingers.up(1, { x: 103, y: 100 })
  expect(asked).toEqual([{ x: 100, y: 100 }])
  expect(hand.changes).toEqual([])
})

test('a finger that moves does not ask', () => {
  const { fingers, asked } = setUp('region')
  fingers.down(1, { x: 100, y: 100 })
  fingers.move(1, { x: 160, y: 100 })
  vi.advanceTimersByTime(600)
  expect(asked).toEqual([])
})

test('once a pen was here a finger pans with any tool', () => {
  const { hand, fingers, panned } = setUp('particle')
  fingers.pen = true
  fingers.down(1, { x: 100, y: 100 })
  fingers.move(1, { x: 120, y: 100 })
  fingers.up(1, { x: 120, y: 100 })
  expect(panned).toEqual([{ x: 20, y: 0 }])
  expect(hand.changes).toEqual([])
})
