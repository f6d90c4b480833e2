import { distance, type Point } from '../../geometry/point'
import { contains, distanceToOutline } from '../../geometry/polygon'
import { isProposed, type ShownPick } from '../sources/source-pick'
import { type Label, type MarksOf, placeOf, type Region, type Verdict } from './mark'

/** What lies under the cursor. */
export type Target =
  | { readonly type: 'label'; readonly mark: Label }
  | { readonly type: 'verdict'; readonly mark: Verdict }
  | { readonly type: 'region'; readonly mark: Region }
  | { readonly type: 'pick'; readonly pick: ShownPick }

export function targetPlace(target: Target): Point {
  if (target.type === 'pick') return target.pick
  if (target.type === 'verdict') return placeOf(target.mark)
  if (target.type === 'region') return target.mark.polygon[0] ?? { x: 0, y: 0 }
  return target.mark
}

/** The nearest label, verdict or shown pick within `reach` pixels; labels win over picks that lie as near. */
export function hitPoint(
  marks: MarksOf,
  picks: readonly ShownPick[],
  at: Point,
  reach: number,
): Target | null {
  let best: Target | null = null
  let least = reach
  const offer = (place: Point, make: () => Target): void => {
    const away = distance(place, at)
    if (away > least || (away === least && best)) return
    least = away
    best = make()
  }
  for (const mark of marks.labels) offer(mark, () => ({ type: 'label', mark }))
  for (const mark of marks.verdicts) offer(placeOf(mark), () => ({ type: 'verdict', mark }))
  for (const pick of picks) {
    if (isProposed(pick)) offer(pick, () => ({ type: 'pick', pick }))
  }
  return best
}

/** The nearest label within `radius` pixels. */
export function labelNear(labels: readonly Label[], at: Point, radius: number): Label | null {
  let best: Label | null = null
  let least = radius
  for (const label of labels) {
    const away = distance(label, at)
    if (away > least) continue
    least = away
    best = label
  }
  return best
}

/** The region whose outline is within `reach`, else the newest one around the place. */
export function hitRegion(regions: readonly Region[], at: Point, reach: number): Target | null {
  const newestFirst = [...regions].reverse()
  const edge = newestFirst.find(region => distanceToOutline(region.polygon, at) <= reach)
  const mark = edge ?? newestFirst.find(region => contains(region.polygon, at.x, at.y))
  return mark ? { type: 'region', mark } : null
}
