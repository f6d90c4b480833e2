import { PointGrid } from '../../geometry/grid'
import type { Point } from '../../geometry/point'
import type { LabelKind } from '../../wire'
import type { Target } from '../marks/hit'
import { type Label, type MarksOf, placeOf, type Verdict } from '../marks/mark'
import { type FinalPick, NEAR } from '../picks/final'
import type { PickBlock } from '../picks/picks'
import type { SourcePick } from '../sources/source-pick'

/** Labels by their kind; picks that count, are left out, were accepted (or moved) or rejected; other sources' picks. */
export const CROP_KINDS = [
  'particle',
  'pick',
  'accept',
  'out',
  'reject',
  'other',
  'background',
  'contamination',
] as const
export type CropKind = (typeof CROP_KINDS)[number]

/** A place of a micrograph that the gallery shows. Scores: those of the network pick at the place, if any. */
export interface Crop extends Point {
  readonly micrograph: number
  readonly kind: CropKind
  readonly particleScore: number | null
  readonly contaminationScore: number | null
  /** The label or verdict; null for what only the networks say. */
  readonly mark: Label | Verdict | null
  /** The pick of another source; missing for all else. */
  readonly other?: SourcePick
}

export function sameCrop(a: Crop, b: Crop): boolean {
  if (a.mark || b.mark) return a.mark?.id === b.mark?.id
  return a.micrograph === b.micrograph && a.x === b.x && a.y === b.y
}

export function targetOf(crop: Crop): Target {
  const { mark, other, x, y, particleScore, contaminationScore } = crop
  if (mark?.type === 'label') return { type: 'label', mark }
  if (mark) return { type: 'verdict', mark }
  if (other) return { type: 'pick', pick: other }
  return { type: 'pick', pick: { x, y, particleScore, contaminationScore, source: 'network' } }
}

export function isTarget(crop: Crop, micrograph: number, target: Target): boolean {
  if (crop.micrograph !== micrograph) return false
  if (target.type === 'pick') return !crop.mark && crop.x === target.pick.x && crop.y === target.pick.y
  return crop.mark?.id === target.mark.id
}

/**
 * All crops of one micrograph. `finals` are its picks that count, network picks in the order of the block;
 * a pick of a program near a mark is that mark's crop, and has none of its own.
 */
export function cropsOf(
  micrograph: number,
  marks: MarksOf,
  block: PickBlock | null,
  finals: readonly FinalPick[],
  diameter: number,
  others: readonly SourcePick[] = [],
): Crop[] {
  const radius = NEAR * diameter
  const crops: Crop[] = []
  const marked = new PointGrid(radius)
  const add = (mark: Label | Verdict, kind: CropKind): void => {
    const { x, y } = mark.type === 'verdict' ? placeOf(mark) : mark
    crops.push({ micrograph, kind, x, y, mark, ...scoresAt(block, mark, radius) })
    marked.add(crops.length, x, y)
    if (x !== mark.x || y !== mark.y) marked.add(crops.length, mark.x, mark.y)
  }
  for (const label of marks.labels) add(label, label.kind)
  for (const verdict of marks.verdicts) add(verdict, verdict.kind === 'reject' ? 'reject' : 'accept')
  if (block) addNetworkPicks(crops, micrograph, block, finals, marked)
  for (const other of others) {
    const { x, y, particleScore, contaminationScore } = other
    if (marked.any(x, y)) continue
    crops.push({ micrograph, kind: 'other', x, y, particleScore, contaminationScore, mark: null, other })
  }
  return crops
}

function addNetworkPicks(
  crops: Crop[],
  micrograph: number,
  block: PickBlock,
  finals: readonly FinalPick[],
  marked: PointGrid,
): void {
  const shown = finals.filter(pick => pick.source === 'network')
  let next = 0
  for (let i = 0; i < block.count; i++) {
    const x = block.x(i)
    const y = block.y(i)
    const counts = shown[next]?.x === x && shown[next]?.y === y
    if (counts) next++
    else if (marked.any(x, y)) continue
    const particleScore = block.particleScore(i)
    const contaminationScore = block.contaminationScore(i)
    const kind: LabelKind | 'pick' | 'out' = counts ? 'pick' : 'out'
    crops.push({ micrograph, kind, x, y, particleScore, contaminationScore, mark: null })
  }
}

function scoresAt(
  block: PickBlock | null,
  { x, y }: Point,
  radius: number,
): Pick<Crop, 'particleScore' | 'contaminationScore'> {
  const i = block?.nearest(x, y, radius) ?? -1
  if (!block || i < 0) return { particleScore: null, contaminationScore: null }
  return { particleScore: block.particleScore(i), contaminationScore: block.contaminationScore(i) }
}
