import { describe, expect, test } from 'vitest'
import type { Point } from '../../src/geometry/point'
import { area } from '../../src/geometry/polygon'
import type { Region } from '../../src/model/marks/mark'
import { makeTools } from '../../src/tools'
import type { Press, Tool, ToolName } from '../../src/tools/tool'
import { region, storeOf } from '../make'
import { FakeHand } from './hand'

type Place = [x: number, y: number]
const ALT: Press = { shift: false, alt: true }

const square = () =>
  region([
    [100, 100],
    [300, 100],
    [300, 300],
    [100, 300],
  ])

function use(name: ToolName, hand: FakeHand): Tool {
  return makeTools(
    () => hand,
    () => hand,
  )[name]
}

function press(tool: Tool, [x, y]: Place, how?: Press): void {
  tool.down({ x, y }, how)
  tool.up({ x, y })
}

function pressAll(tool: Tool, ...places: Place[]): void {
  for (const place of places) press(tool, place)
}

function draw(tool: Tool, how: Press | undefined, ...places: Place[]): void {
  const points = places.map(([x, y]): Point => ({ x, y }))
  tool.down(points[0] as Point, how)
  for (const point of points.slice(1)) tool.move(point)
  tool.up(points.at(-1) as Point)
}

const left = (hand: FakeHand): Region[] => [...hand.regions]

describe('polygon', () => {
  test('corners are clicked, and a click on the last one closes', () => {
    const hand = new FakeHand()
    const tool = use('polygon', hand)
    pressAll(tool, [100, 100], [300, 100], [300, 300], [300, 301])
    expect(left(hand).map(({ polygon }) => polygon)).toEqual([
      [
        { x: 100, y: 100 },
        { x: 300, y: 100 },
        { x: 300, y: 300 },
      ],
    ])
    expect(tool.preview).toBeNull()
  })

  test('a click on the first corner closes, and so does finishing', () => {
    const hand = new FakeHand()
    const tool = use('polygon', hand)
    pressAll(tool, [100, 100], [300, 100], [300, 300], [101, 102])
    expect(left(hand)).toHaveLength(1)
    pressAll(tool, [500, 500], [600, 500], [600, 600])
    tool.finish?.()
    expect(left(hand)).toHaveLength(2)
  })

  test('two corners make no region, and stay to go on from', () => {
    const hand = new FakeHand()
    const tool = use('polygon', hand)
    press(tool, [100, 100])
    press(tool, [300, 100])
    tool.finish?.()
    expect(left(hand)).toEqual([])
    expect(hand.said).toHaveLength(1)
    expect(tool.preview?.corners).toHaveLength(2)
  })

  test('corners can be removed one by one, and the outline cancelled', () => {
    const tool = use('polygon', new FakeHand())
    press(tool, [100, 100])
    press(tool, [300, 100])
    expect(tool.back?.()).toBe(true)
    expect(tool.preview?.corners).toHaveLength(1)
    tool.cancel()
    expect(tool.preview).toBeNull()
    expect(tool.back?.()).toBe(false)
  })
})

describe('cutting with Alt', () => {
  test('changes the region in place', () => {
    const old = square()
    const hand = new FakeHand(storeOf(old))
    draw(use('region', hand), ALT, [200, 50], [350, 50], [350, 350], [200, 350])
    expect(hand.changes).toMatchObject([{ before: { id: old.id }, after: { id: old.id } }])
    expect(left(hand).map(({ polygon }) => Math.round(area(polygon)))).toEqual([20_000])
  })

  test('across the middle it leaves two regions, in one change', () => {
    const hand = new FakeHand(storeOf(square()))
    draw(use('region', hand), ALT, [180, 50], [220, 50], [220, 350], [180, 350])
    expect(left(hand)).toHaveLength(2)
    expect(hand.gestures).toHaveLength(1)
  })

  test('around all of it takes the region away', () => {
    const hand = new FakeHand(storeOf(square()))
    const tool = use('polygon', hand)
    press(tool, [50, 50], ALT)
    pressAll(tool, [400, 50], [400, 400], [50, 400])
    tool.finish?.()
    expect(left(hand)).toEqual([])
  })

  test('beside every region says that there is nothing to cut', () => {
    const hand = new FakeHand(storeOf(square()))
    draw(use('region', hand), ALT, [600, 600], [800, 600], [800, 800])
    expect(hand.changes).toEqual([])
    expect(hand.said).toHaveLength(1)
  })
})

describe('corners of the selected region', () => {
  function bending(): { hand: FakeHand; tool: Tool } {
    const hand = new FakeHand(storeOf(square()))
    const tool = use('move', hand)
    press(tool, [200, 200])
    return { hand, tool }
  }

  test('a click in a region selects it and shows its corners', () => {
    const { hand, tool } = bending()
    expect(hand.targets).toMatchObject([{ type: 'region' }])
    expect(tool.handles?.corners).toHaveLength(4)
  })

  test('a drag moves one', () => {
    const { hand, tool } = bending()
    draw(tool, undefined, [101, 101], [80, 60], [50, 50])
    expect(left(hand)[0]?.polygon[0]).toEqual({ x: 50, y: 50 })
    expect(hand.gestures).toHaveLength(1)
  })

  test('a click on an edge makes another, which Delete takes away again', () => {
    const { hand, tool } = bending()
    press(tool, [200, 101])
    expect(left(hand)[0]?.polygon).toHaveLength(5)
    expect(tool.back?.()).toBe(true)
    expect(left(hand)[0]?.polygon).toHaveLength(4)
  })

  test('a click on a corner marks it for Delete, and changes nothing yet', () => {
    const { hand, tool } = bending()
    press(tool, [100, 100])
    expect(hand.changes).toEqual([])
    expect(tool.handles?.held).toBe(0)
    tool.back?.()
    expect(left(hand)[0]?.polygon).toHaveLength(3)
  })

  test('without a corner in hand Delete is left to the selection', () => {
    expect(bending().tool.back?.()).toBe(false)
  })

  test('given up, the region stays as it was', () => {
    const { hand, tool } = bending()
    tool.down({ x: 100, y: 100 })
    tool.move({ x: 20, y: 20 })
    tool.cancel()
    tool.up({ x: 20, y: 20 })
    expect(hand.changes).toEqual([])
  })
})
