import type { PickSummary } from '../../wire'

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

  constructor(wire: PickSummary) {
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

  /** Undefined for a micrograph that was excluded, or not there, when this was counted. */
  of(micrograph: number): Told | undefined {
    return this.#told.get(micrograph)
  }
}
