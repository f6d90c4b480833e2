import { describe, expect, test } from 'vitest'
import type { FinalPick } from '../../src/model/picks/final'
import { makeTools } from '../../src/tools'
import type { Tool, ToolName } from '../../src/tools/tool'
import { label, region, storeOf, verdict } from '../make'
import { FakeHand } from './hand'

type Place = [x: number, y: number]

function drag(tool: Tool, from: Place, ...along: Place[]): void {
  const points = [from, ...along].map(([x, y]) => ({ x, y }))
  const end = points[points.length - 1] ?? { x: 0, y: 0 }
  tool.down(points[0] ?? end)
  for (const point of points.slice(1)) tool.move(point)
  tool.up(end)
}

function use(name: ToolName, hand: FakeHand): Tool {
  return makeTools(
    () => hand,
    () => hand,
  )[name]
}

const pick: FinalPick = { x: 500, y: 500, particleScore: 0.9, contaminationScore: 0.1, source: 'network' }

describe('label tools', () => {
  test('a click places a label of the kind with a decimal place', () => {
    const hand = new FakeHand()
    drag(use('background', hand), [100.25, 200.5])
    expect(hand.changes).toMatchObject([{ before: null, after: { kind: 'background', x: 100.25, y: 200.5 } }])
  })

  test('a drag adjusts the place before the release', () => {
    const hand = new FakeHand()
    drag(use('particle', hand), [100, 200], [105, 190])
    expect(hand.changes).toMatchObject([{ after: { x: 105, y: 190 } }])
  })

  test('a click outside the image does nothing', () => {
    const hand = new FakeHand()
    drag(use('particle', hand), [-20, 10])
    expect(hand.changes).toEqual([])
  })

  test('a label of the same kind within 0.4 diameters warns instead of doubling', () => {
    const mark = label({ x: 100, y: 100 })
    const hand = new FakeHand(storeOf(mark))
    drag(use('particle', hand), [115, 100])
    expect(hand.changes).toEqual([])
    expect(hand.said).toEqual(['There is already a label here.'])
    expect(hand.flashed).toEqual([mark])
  })

  test('beyond 0.4 diameters a second label is another particle', () => {
    const hand = new FakeHand(storeOf(label({ x: 100, y: 100 })))
    drag(use('particle', hand), [117, 100])
    expect(hand.changes).toHaveLength(1)
  })

  test('a label dragged next to another before the release is not placed', () => {
    const hand = new FakeHand(storeOf(label({ x: 100, y: 100 })))
    drag(use('particle', hand), [200, 100], [110, 100])
    expect(hand.changes).toEqual([])
    expect(hand.flashed).toHaveLength(1)
  })

  test('a click on a label of another kind offers to change that one', () => {
    const hand = new FakeHand(storeOf(label({ id: 'a', kind: 'background', x: 100, y: 100 })))
    drag(use('particle', hand), [103, 100])
    expect(hand.changes).toEqual([])
    expect(hand.targets).toMatchObject([{ type: 'label', mark: { id: 'a' } }])
    expect(hand.said).toEqual(['There is a background label here. Shift P makes it particle.'])
  })

  test('a drag of a label moves it by as much as the cursor went', () => {
    const hand = new FakeHand(storeOf(label({ id: 'a', x: 100, y: 100 })))
    drag(use('particle', hand), [103, 100], [113, 95])
    expect(hand.changes).toMatchObject([{ after: { id: 'a', x: 110, y: 95 } }])
  })

  test('a gesture that is given up leaves nothing', () => {
    const hand = new FakeHand()
    const tool = use('particle', hand)
    tool.down({ x: 10, y: 10 })
    expect(tool.preview?.ring?.style).toBe('particle')
    tool.cancel()
    tool.up({ x: 10, y: 10 })
    expect(hand.changes).toEqual([])
    expect(tool.preview).toBeNull()
  })
})

describe('erase tool', () => {
  test('a stroke takes all labels that it passes, as one gesture', () => {
    const hand = new FakeHand(
      storeOf(label({ x: 100, y: 100 }), label({ x: 200, y: 100 }), label({ x: 900, y: 900 })),
    )
    drag(use('erase', hand), [100, 100], [210, 100])
    expect(hand.marks.size).toBe(1)
    expect(new Set(hand.gestures).size).toBe(1)
  })

  test('a brush takes all that lies under it, also between two moves', () => {
    const hand = new FakeHand(
      storeOf(label({ x: 100, y: 115 }), label({ x: 300, y: 85 }), label({ x: 300, y: 140 })),
    )
    drag(use('erase', hand), [50, 100], [400, 100])
    expect(hand.marks.of(1).labels.map(({ y }) => y)).toEqual([140])
  })

  test('a click beside the brush still means the mark around it', () => {
    const hand = new FakeHand(storeOf(label({ x: 100, y: 100 })))
    hand.brush = 2
    drag(use('erase', hand), [115, 100])
    expect(hand.marks.size).toBe(0)
  })

  test('a click on a pick rejects it', () => {
    const hand = new FakeHand(storeOf(), [pick])
    drag(use('erase', hand), [502, 500])
    expect(hand.changes).toMatchObject([{ after: { type: 'verdict', kind: 'reject', x: 500, y: 500 } }])
  })

  test('a stroke back over a pick does not restore it', () => {
    const hand = new FakeHand(storeOf(), [pick])
    drag(use('erase', hand), [500, 500], [540, 500], [500, 500])
    expect(hand.changes).toHaveLength(1)
  })

  test('a click on a rejection restores the pick', () => {
    const rejected = verdict({ kind: 'reject', x: 500, y: 500 })
    const hand = new FakeHand(storeOf(rejected))
    drag(use('erase', hand), [500, 500])
    expect(hand.changes).toEqual([{ before: rejected, after: null }])
  })

  test('a click inside a region takes it, a stroke through it does not', () => {
    const outline = region([
      [300, 300],
      [600, 300],
      [600, 600],
      [300, 600],
    ])
    const hand = new FakeHand(storeOf(outline))
    drag(use('erase', hand), [400, 400], [500, 500])
    expect(hand.changes).toEqual([])
    drag(use('erase', hand), [400, 400])
    expect(hand.changes).toEqual([{ before: outline, after: null }])
  })
})

describe('move tool', () => {
  test('dragging a pick gives a verdict with its target', () => {
    const hand = new FakeHand(storeOf(), [pick])
    drag(use('move', hand), [505, 500], [525, 510])
    expect(hand.changes).toMatchObject([{ after: { kind: 'move', x: 500, y: 500, to: { x: 520, y: 510 } } }])
  })

  test('a label cannot be dragged out of the image', () => {
    const hand = new FakeHand(storeOf(label({ id: 'a', x: 5, y: 5 })))
    drag(use('move', hand), [5, 5], [-300, 5])
    expect(hand.changes).toMatchObject([{ after: { x: 0, y: 5 } }])
  })

  test('a click selects and moves nothing', () => {
    const hand = new FakeHand(storeOf(), [pick])
    drag(use('move', hand), [500, 500], [502, 500])
    expect(hand.changes).toEqual([])
    expect(hand.targets).toMatchObject([{ type: 'pick' }])
  })
})

describe('region tool', () => {
  test('a lasso becomes a region without needless corners', () => {
    const hand = new FakeHand()
    const edge = Array.from({ length: 20 }, (_, i): Place => [100 + i * 10, 100])
    drag(use('region', hand), ...(edge as [Place, ...Place[]]), [290, 300], [100, 300])
    const [change] = hand.changes
    expect(change?.after?.type === 'region' && change.after.polygon.length).toBe(4)
  })

  test('a slip is no region and says why', () => {
    const hand = new FakeHand()
    drag(use('region', hand), [100, 100], [104, 100], [104, 103])
    expect(hand.changes).toEqual([])
    expect(hand.said).toHaveLength(1)
  })
})

describe('select tool', () => {
  test('a click selects, a drag is left to panning', () => {
    const hand = new FakeHand(storeOf(), [pick])
    drag(use('select', hand), [500, 500], [560, 500])
    expect(hand.targets).toEqual([])
    drag(use('select', hand), [500, 500])
    expect(hand.targets).toMatchObject([{ type: 'pick' }])
  })

  test('those who may only look can select but not change', () => {
    const hand = new FakeHand()
    const tools = makeTools(
      () => hand,
      () => null,
    )
    for (const tool of Object.values(tools)) drag(tool, [100, 100], [150, 100], [150, 150])
    expect(hand.changes).toEqual([])
  })
})
