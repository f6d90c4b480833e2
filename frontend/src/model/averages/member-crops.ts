import type { Point } from '../../geometry/point'
import type { Crop } from '../gallery/crops'
import { type Member, Nearby } from './members'

/** Of each list of crops, which are made anew when anything in them changes. */
const KNOWN = new WeakMap<readonly Crop[], Nearby<Crop>>()

/**
 * The crops of members in their order, those of one place once. A pick that is there no more, as another training
 * picks, is a crop all the same: one that is left out.
 */
export function listMembers(
  members: Iterable<Member>,
  cropsOf: (micrograph: number) => readonly Crop[],
  diameterOf: (micrograph: number) => number,
): Crop[] {
  const found = new Set<Crop>()
  for (const member of members) {
    const crops = cropsOf(member.micrograph)
    found.add(nearby(crops, diameterOf(member.micrograph)).at(member) ?? cropOf(member))
  }
  return [...found]
}

function cropOf({ micrograph, x, y, particleScore, contaminationScore }: Member): Crop {
  return { micrograph, x, y, kind: 'out', particleScore, contaminationScore, mark: null }
}

function nearby(crops: readonly Crop[], diameter: number): Nearby<Crop> {
  let known = KNOWN.get(crops)
  if (!known) {
    known = new Nearby(diameter)
    for (const crop of crops) for (const place of placesOf(crop)) known.add(crop, place)
    KNOWN.set(crops, known)
  }
  return known
}

/** A moved pick was where it was picked, too. */
function placesOf(crop: Crop): Point[] {
  return crop.mark?.type === 'verdict' && crop.mark.to ? [crop, crop.mark] : [crop]
}
