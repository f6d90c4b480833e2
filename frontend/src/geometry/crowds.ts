import { PointGrid } from './grid'

/** For each of many points, those closer to it than a distance; made for repeated queries. */
export class Crowds {
  /** Neighbours of point i: `#others` from `#ends[i]` to `#ends[i + 1]`. */
  readonly #ends: Int32Array
  readonly #others: number[] = []

  /** `least` > 0 in pixels; points exactly this far apart are not crowded. */
  constructor(
    count: number,
    x: (i: number) => number,
    y: (i: number) => number,
    readonly least: number,
  ) {
    const grid = new PointGrid(least)
    for (let i = 0; i < count; i++) grid.add(i, x(i), y(i))
    this.#ends = new Int32Array(count + 1)
    for (let i = 0; i < count; i++) {
      grid.near(x(i), y(i), (j, squared) => {
        if (j !== i && squared < least * least) this.#others.push(j)
      })
      this.#ends[i + 1] = this.#others.length
    }
  }

  of(i: number): readonly number[] {
    return this.#others.slice(this.#ends[i], this.#ends[i + 1])
  }
}
