import type { PickSummary } from '../../wire'
import { passingIn } from '../gallery/plane'
import type { Limits } from './final'

const LIMITS = ['particle', 'contamination', 'minimumDistance', 'borderMargin'] as const
/** Of an estimate. */
const DIGITS = 3

/** What the server counted on one micrograph. */
export interface Told {
  readonly source: number | null
  readonly count: number
  readonly final: number
  readonly found: number
  readonly score: number | null
}

/** What the server says of the picks of a project that is too large for a page to hold them all. */
export class Summary {
  readonly total: number
  readonly passing: number
  readonly sureness: number
  readonly particle: Uint32Array
  readonly contamination: Uint32Array
  /** Cells of the score plane, as `density` counts them. */
  readonly plane: Uint32Array
  readonly #told: ReadonlyMap<number, Told>

  /** `at`: by which it was counted. */
  constructor(
    wire: PickSummary,
    readonly at: Limits,
  ) {
    this.total = wire.total
    this.passing = wire.passing
    this.sureness = wire.sureness
    this.particle = Uint32Array.from(wire.particle)
    this.contamination = Uint32Array.from(wire.contamination)
    this.plane = Uint32Array.from(wire.plane)
    this.#told = new Map(
      wire.micrographs.map((id, i) => [
        id,
        {
          source: wire.source[i] ?? null,
          count: wire.count[i] as number,
          final: wire.final[i] as number,
          found: wire.found[i] as number,
          score: wire.score[i] ?? null,
        },
      ]),
    )
  }

  isAt(limits: Limits): boolean {
    return LIMITS.every(key => this.at[key] === limits[key])
  }

  /** About how many picks count by other limits, until the server has counted them: by how their scores are spread. */
  about(found: number, limits: Limits): number {
    const [was, is] = [passingIn(this.plane, this.at), passingIn(this.plane, limits)]
    const about = was > 0 ? (found * is) / was : is
    return Math.min(this.total, Math.round(Number(about.toPrecision(DIGITS))))
  }

  /** Undefined for a micrograph that was excluded, or not there, when this was counted. */
  of(micrograph: number): Told | undefined {
    return this.#told.get(micrograph)
  }
}
