import type { Point } from '../geometry/point'
import { area, type Polygon, simplifyTo } from '../geometry/polygon'
import { subtract } from '../geometry/subtract'
import { LAST, type Region } from '../model/marks/mark'
import type { Change } from '../model/marks/operation'
import type { Hand } from './tool'

/** Makes a closed line a region of contamination, or cuts it out of the regions that are there. */
export function close(hand: Hand, line: readonly Point[], cut: boolean): void {
  const polygon = simplifyTo(line, hand.pixel, hand.mostCorners)
  if (tooSmall(hand, polygon)) {
    hand.say(`That was too small. Draw around the contamination to ${cut ? 'cut it from' : 'make'} a region.`)
  } else if (!cut) {
    hand.commit([{ before: null, after: region(hand, polygon) }])
  } else {
    const changes = hand.regions.flatMap(each => cutFrom(hand, each, polygon))
    if (changes.length === 0)
      hand.say('There is no region here to cut from. Draw without Alt to make a new one.')
    hand.commit(changes)
  }
}

/** The largest piece stays the region that it was. */
function cutFrom(hand: Hand, old: Region, cutter: Polygon): Change[] {
  const pieces = subtract(old.polygon, cutter)
    .map(piece => simplifyTo(piece, piece.length > hand.mostCorners ? hand.pixel : 0, hand.mostCorners))
    .filter(piece => !tooSmall(hand, piece))
    .sort((a, b) => area(b) - area(a))
  const [largest, ...others] = pieces
  if (!largest) return [{ before: old, after: null }]
  if (others.length === 0 && Math.abs(area(largest) - area(old.polygon)) < 1) return []
  const added = others.map((piece): Change => ({ before: null, after: region(hand, piece) }))
  return [{ before: old, after: { ...old, polygon: largest } }, ...added]
}

function tooSmall(hand: Hand, polygon: Polygon): boolean {
  return polygon.length < 3 || area(polygon) < (hand.diameter / 4) ** 2
}

function region(hand: Hand, polygon: Polygon): Region {
  const { micrograph, author } = hand
  return { type: 'region', id: hand.newId(), micrograph, polygon, author, changedBy: null, order: LAST }
}
