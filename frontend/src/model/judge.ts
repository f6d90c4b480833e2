import type { Point } from '../geometry/point'
import type { Target } from './hit'
import type { Change } from './operation'
import type { Verdict, VerdictKind } from './types'

export interface Maker {
  readonly micrograph: number
  readonly author: number | null
  newId(): string
}

/** Accepts, rejects or moves what was hit; an older verdict on the same pick gives way. Labels are no picks. */
export function judge(target: Target, kind: VerdictKind, maker: Maker, to: Point | null = null): Change[] {
  if (target.type === 'label' || target.type === 'region') return []
  const place = target.type === 'pick' ? target.pick : target.mark
  if (target.type === 'verdict' && target.mark.kind === kind && kind !== 'move') return []
  const verdict: Verdict = {
    type: 'verdict',
    id: maker.newId(),
    micrograph: maker.micrograph,
    author: maker.author,
    createdAt: '',
    kind,
    x: place.x,
    y: place.y,
    to,
  }
  const older: Change[] = target.type === 'verdict' ? [{ before: target.mark, after: null }] : []
  return [...older, { before: null, after: verdict }]
}

/** Takes away what was hit: labels, regions and rejections go, picks are rejected. */
export function erase(target: Target, maker: Maker): Change[] {
  if (target.type === 'label' || target.type === 'region') return [{ before: target.mark, after: null }]
  if (target.type === 'verdict' && target.mark.kind === 'reject') {
    return [{ before: target.mark, after: null }]
  }
  return judge(target, 'reject', maker)
}

/** Moves a label or a pick to a new place; a rejection stays where it is. */
export function moveTo(target: Target, to: Point, maker: Maker): Change[] {
  if (target.type === 'label') return [{ before: target.mark, after: { ...target.mark, x: to.x, y: to.y } }]
  if (target.type === 'region') return []
  if (target.type === 'verdict' && target.mark.kind === 'reject') return []
  return judge(target, 'move', maker, to)
}
