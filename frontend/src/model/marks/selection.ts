import type { Point } from '../../geometry/point'
import { contains, distanceToSegment, type Polygon } from '../../geometry/polygon'
import type { LabelKind } from '../../wire'
import { isProposed, type ShownPick } from '../sources/source-pick'
import { type Target, targetPlace } from './hit'
import type { MarksOf } from './mark'

/** What a gesture does to what is selected already. */
export type How = 'replace' | 'add' | 'remove'

/** Two targets of one key are the same thing, whatever became of it since. */
export function keyOf(target: Target): string {
  return target.type === 'pick' ? `${target.pick.x},${target.pick.y}` : target.mark.id
}

export function combine(selected: readonly Target[], chosen: readonly Target[], how: How): Target[] {
  if (how === 'replace') return [...chosen]
  const keys = new Set(chosen.map(keyOf))
  const others = selected.filter(target => !keys.has(keyOf(target)))
  return how === 'add' ? [...others, ...chosen] : others
}

/** All labels, verdicts and picks of programs on a micrograph: regions are chosen one by one. */
export function allPoints(marks: MarksOf, picks: readonly ShownPick[]): Target[] {
  return [
    ...marks.labels.map(mark => ({ type: 'label', mark }) as const),
    ...marks.verdicts.map(mark => ({ type: 'verdict', mark }) as const),
    ...picks.filter(isProposed).map(pick => ({ type: 'pick', pick }) as const),
  ]
}

/** Everything inside an outline; a region where all its corners are. */
export function allInside(marks: MarksOf, picks: readonly ShownPick[], outline: Polygon): Target[] {
  const inside = ({ x, y }: Point): boolean => contains(outline, x, y)
  const regions = marks.regions.filter(region => region.polygon.every(inside))
  return [
    ...allPoints(marks, picks).filter(target => inside(targetPlace(target))),
    ...regions.map(mark => ({ type: 'region', mark }) as const),
  ]
}

/** Labels, verdicts and picks of programs at most `radius` from the line between two places. */
export function allAlong(
  marks: MarksOf,
  picks: readonly ShownPick[],
  from: Point,
  to: Point,
  radius: number,
): Target[] {
  const near = (place: Point): boolean => distanceToSegment(place, from, to) <= radius
  return allPoints(marks, picks).filter(target => near(targetPlace(target)))
}

export type Sort = LabelKind | 'pick' | 'accepted' | 'rejected' | 'region'

/** How many of each sort; sorts of which there are none are missing. */
export function countSorts(targets: readonly Target[]): Map<Sort, number> {
  const counts = new Map<Sort, number>()
  for (const target of targets) {
    const sort = sortOf(target)
    counts.set(sort, (counts.get(sort) ?? 0) + 1)
  }
  return counts
}

function sortOf(target: Target): Sort {
  if (target.type === 'label') return target.mark.kind
  if (target.type === 'verdict') return target.mark.kind === 'reject' ? 'rejected' : 'accepted'
  return target.type
}
