import { contains, type Polygon } from '../../geometry/polygon'
import type { Crop, CropKind } from './crops'

export type CropSort = 'particle' | 'contamination' | 'combined' | 'position'

/** Which crops are listed, and in which order. */
export interface CropChoice {
  readonly kinds: readonly CropKind[]
  readonly sort: CropSort
  readonly descending: boolean
  /** A region of the score plane, x = particle score: of network picks, those inside, counting or not. */
  readonly brush: Polygon | null
}

/** High for what looks like a particle and not like contamination. */
function combinedScore(crop: Crop): number | null {
  const { particleScore, contaminationScore } = crop
  return particleScore === null ? null : particleScore * (1 - (contaminationScore ?? 0))
}

export const SCORES: Record<Exclude<CropSort, 'position'>, (crop: Crop) => number | null> = {
  particle: crop => crop.particleScore,
  contamination: crop => crop.contaminationScore,
  combined: combinedScore,
}

/** The chosen crops in order; those without a score come last either way. `groups`: one a micrograph, in order. */
export function listCrops(groups: Iterable<readonly Crop[]>, choice: CropChoice): Crop[] {
  const kinds = new Set(choice.kinds)
  const found: Crop[] = []
  for (const group of groups) {
    const start = found.length
    for (const crop of group) if (chosen(crop, kinds, choice.brush)) found.push(crop)
    if (choice.sort === 'position') sortTail(found, start)
  }
  if (choice.sort !== 'position') return sorted(found, SCORES[choice.sort], choice.descending)
  return choice.descending ? found.reverse() : found
}

function chosen(crop: Crop, kinds: ReadonlySet<CropKind>, brush: Polygon | null): boolean {
  if (!brush) return kinds.has(crop.kind)
  const { kind, particleScore, contaminationScore } = crop
  if (particleScore === null || contaminationScore === null) return false
  if (kind !== 'pick' && kind !== 'out' && !kinds.has(kind)) return false
  return contains(brush, particleScore, contaminationScore)
}

/** Reading order: rows from the top, each from the left. */
function sortTail(crops: Crop[], start: number): void {
  const tail = crops.splice(start).sort((a, b) => a.y - b.y || a.x - b.x)
  for (const crop of tail) crops.push(crop)
}

/** Places for the index below the score in one number that sorts natively: a hundred thousand take milliseconds. */
const INDICES = 2 ** 22
const UNSCORED = 2 ** 30

function sorted(crops: readonly Crop[], score: (crop: Crop) => number | null, descending: boolean): Crop[] {
  const bits = new DataView(new ArrayBuffer(4))
  const keys = Float64Array.from(crops, (crop, i) => {
    const value = score(crop)
    if (value === null) return UNSCORED * INDICES + i
    bits.setFloat32(0, Math.min(1, Math.max(0, value)))
    const rank = bits.getUint32(0) // at most that of 1, 0x3f800000, which is below UNSCORED
    return (descending ? 0x3f800000 - rank : rank) * INDICES + i
  })
  keys.sort()
  return Array.from(keys, key => crops[key % INDICES] as Crop)
}
