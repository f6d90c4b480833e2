import { describe, expect, test } from 'vitest'
import type { Point } from '../../src/geometry/point'
import { AreaTool } from '../../src/tools/area'
import { SelectTool } from '../../src/tools/select'
import type { Press, Tool } from '../../src/tools/tool'
import { label, region, storeOf } from '../make'
import { FakeHand } from './hand'

const ADD: Press = { shift: true, alt: false }
const REMOVE: Press = { shift: false, alt: true }

const a = label({ id: 'a', x: 100, y: 100 })
const b = label({ id: 'b', x: 200, y: 100, kind: 'background' })
const c = label({ id: 'c', x: 200, y: 300 })

function draw(tool: Tool, press: Press | undefined, ...places: [number, number][]): void {
  const points = places.map(([x, y]): Point => ({ x, y }))
  const end = points.at(-1) as Point
  tool.down(points[0] as Point, press)
  for (const point of points.slice(1)) tool.move(point)
  tool.up(end)
}

const ids = (hand: FakeHand) => hand.targets.map(t => (t.type === 'pick' ? 'pick' : t.mark.id)).sort()

describe('box', () => {
  test('takes what lies inside, drawn from any corner', () => {
    const hand = new FakeHand(storeOf(a, b, c))
    draw(new AreaTool('box', () => hand), undefined, [250, 150], [50, 50])
    expect(ids(hand)).toEqual(['a', 'b'])
  })

  test('adds with Shift and takes away with Alt', () => {
    const hand = new FakeHand(storeOf(a, b, c))
    const box = new AreaTool('box', () => hand)
    draw(box, undefined, [50, 50], [150, 150])
    draw(box, ADD, [150, 50], [250, 350])
    expect(ids(hand)).toEqual(['a', 'b', 'c'])
    draw(box, REMOVE, [150, 250], [250, 350])
    expect(ids(hand)).toEqual(['a', 'b'])
  })

  test('takes shown picks, and a region only as a whole', () => {
    const picks = [{ x: 110, y: 110, particleScore: 1, contaminationScore: 0, source: 'network' as const }]
    const within = region([
      [80, 80],
      [120, 80],
      [120, 120],
    ])
    const across = region([
      [80, 80],
      [900, 80],
      [120, 120],
    ])
    const hand = new FakeHand(storeOf(within, across), picks)
    draw(new AreaTool('box', () => hand), undefined, [50, 50], [150, 150])
    expect(ids(hand)).toEqual([within.id, 'pick'].sort())
  })

  test('a click selects what is under it, a click beside everything nothing', () => {
    const hand = new FakeHand(storeOf(a, b))
    const box = new AreaTool('box', () => hand)
    draw(box, undefined, [101, 101])
    expect(ids(hand)).toEqual(['a'])
    draw(box, undefined, [600, 600])
    expect(ids(hand)).toEqual([])
  })

  test('given up it leaves the selection as it was', () => {
    const hand = new FakeHand(storeOf(a, b))
    const box = new AreaTool('box', () => hand)
    draw(box, undefined, [101, 101])
    box.down({ x: 50, y: 50 })
    box.move({ x: 250, y: 250 })
    expect(box.preview?.area).toHaveLength(4)
    box.cancel()
    box.up({ x: 250, y: 250 })
    expect(ids(hand)).toEqual(['a'])
  })
})

test('a lasso takes what lies inside of its line', () => {
  const hand = new FakeHand(storeOf(a, b, c))
  draw(new AreaTool('lasso', () => hand), undefined, [150, 50], [250, 50], [250, 350], [150, 350])
  expect(ids(hand)).toEqual(['b', 'c'])
})

describe('select tool', () => {
  test('leaves plain drags to the viewer and takes those with Shift or Alt', () => {
    const tool = new SelectTool(() => null)
    expect(tool.pans({ shift: false, alt: false })).toBe(true)
    expect(tool.pans(ADD) || tool.pans(REMOVE)).toBe(false)
  })

  test('a click with Shift adds, with Alt takes away', () => {
    const hand = new FakeHand(storeOf(a, b))
    const tool = new SelectTool(() => hand)
    draw(tool, undefined, [100, 100])
    draw(tool, ADD, [200, 100])
    expect(ids(hand)).toEqual(['a', 'b'])
    draw(tool, REMOVE, [100, 100])
    expect(ids(hand)).toEqual(['b'])
  })
})
