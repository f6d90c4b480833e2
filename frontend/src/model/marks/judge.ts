import type { Point } from '../../geometry/point'
import type { LabelKind, VerdictKind } from '../../wire'
import { type Target, targetPlace } from './hit'
import { LAST, type Label, type Verdict } from './mark'
import type { Change } from './operation'

export interface Maker {
  readonly micrograph: number
  readonly author: number | null
  newId(): string
}

interface Judged {
  /** Where a move puts the pick. */
  readonly to?: Point | null
  /** How well the pick fits the class that is judged. */
  readonly fit?: number
}

/** Accepts, rejects or moves what was hit; an older verdict on the same pick gives way. Labels are not picks. */
export function judge(target: Target, kind: VerdictKind, maker: Maker, how: Judged = {}): Change[] {
  if (target.type === 'label' || target.type === 'region') return []
  const place = target.type === 'pick' ? target.pick : target.mark
  if (target.type === 'verdict' && target.mark.kind === kind && kind !== 'move') return []
  const verdict: Verdict = {
    type: 'verdict',
    id: maker.newId(),
    micrograph: maker.micrograph,
    author: maker.author,
    changedBy: null,
    order: LAST,
    kind,
    x: place.x,
    y: place.y,
    to: how.to ?? null,
    fit: how.fit ?? null,
  }
  const older: Change[] = target.type === 'verdict' ? [{ before: target.mark, after: null }] : []
  return [...older, { before: null, after: verdict }]
}

/** Removes what was hit: labels, regions and rejections are deleted, picks are rejected. */
export function erase(target: Target, maker: Maker): Change[] {
  if (target.type === 'label' || target.type === 'region') return [{ before: target.mark, after: null }]
  if (target.type === 'verdict' && target.mark.kind === 'reject') {
    return [{ before: target.mark, after: null }]
  }
  return judge(target, 'reject', maker)
}

/** Erases many at once; rejections among them stay, unless there is nothing else. */
export function eraseAll(targets: readonly Target[], maker: Maker): Change[] {
  const rest = targets.filter(target => target.type !== 'verdict' || target.mark.kind !== 'reject')
  return (rest.length > 0 ? rest : targets).flatMap(target => erase(target, maker))
}

/** Gives a label another kind; a pick becomes a label, by which the networks learn what it is. */
export function changeKind(target: Target, kind: LabelKind, maker: Maker): Change[] {
  if (target.type === 'region') return []
  if (target.type === 'label') {
    return target.mark.kind === kind ? [] : [{ before: target.mark, after: { ...target.mark, kind } }]
  }
  const { micrograph, author } = maker
  const { x, y } = targetPlace(target)
  const label: Label = {
    type: 'label',
    id: maker.newId(),
    micrograph,
    kind,
    x,
    y,
    author,
    changedBy: null,
    order: LAST,
  }
  const older: Change[] = target.type === 'verdict' ? [{ before: target.mark, after: null }] : []
  return [...older, { before: null, after: label }]
}

/** Moves a label or a pick to a new place; a rejection stays where it is. */
export function moveTo(target: Target, to: Point, maker: Maker): Change[] {
  if (target.type === 'label') return [{ before: target.mark, after: { ...target.mark, x: to.x, y: to.y } }]
  if (target.type === 'region') return []
  if (target.type === 'verdict' && target.mark.kind === 'reject') return []
  return judge(target, 'move', maker, { to })
}
