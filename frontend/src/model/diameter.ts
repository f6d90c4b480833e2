import type { Project, SuggestedDiameter } from '../wire'

/** Whether no person has set the particle diameter yet. */
export function diameterUnsettled(
  project: Pick<Project, 'particle_diameter' | 'diameter_provisional'>,
): boolean {
  return project.particle_diameter === null || project.diameter_provisional
}

/** Where the particle diameter comes from, or why there is none, in words. `taken`: Å, provisional, null if there is none. */
export function diameterWords(
  taken: number | null,
  found: Pick<SuggestedDiameter, 'diameter' | 'reason'> | null,
  looking: boolean,
): string {
  if (taken !== null) {
    const said = `Particles are taken to be ${Math.round(taken)} Å wide, as the micrographs suggest.`
    return looking ? `${said} CryoWeb is looking at them again.` : said
  }
  if (looking) return 'CryoWeb is looking at the micrographs for the particle diameter.'
  if (!found)
    return 'The particle diameter is not known yet. The first micrographs with a pixel size suggest one.'
  if (found.diameter === null) return found.reason
  return `CryoWeb is not sure of the particle diameter. The micrographs hint at ${Math.round(found.diameter)} Å.`
}

/** How likely a size in Å is, between two sizes of the curve by the logarithm; null outside of it. */
export function likelihoodAt(curve: SuggestedDiameter['curve'], size: number): number | null {
  const next = curve.findIndex(([each]) => each >= size)
  const [above, below] = [curve[next], curve[next - 1]]
  if (!above || (!below && above[0] > size)) return null
  if (!below) return above[1]
  const part = Math.log(size / below[0]) / Math.log(above[0] / below[0])
  return below[1] + part * (above[1] - below[1])
}
