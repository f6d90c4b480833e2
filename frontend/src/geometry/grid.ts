/** Buckets of points for finding those within a fixed radius; indices are the caller's. */
export class PointGrid {
  readonly #cells = new Map<number, number[]>()
  readonly #x: number[] = []
  readonly #y: number[] = []
  readonly #ids: number[] = []

  /** `radius` > 0 in pixels: the largest distance that `near` may be asked about. */
  constructor(readonly radius: number) {}

  add(id: number, x: number, y: number): void {
    const slot = this.#ids.length
    this.#x.push(x)
    this.#y.push(y)
    this.#ids.push(id)
    const key = this.#key(Math.floor(x / this.radius), Math.floor(y / this.radius))
    const cell = this.#cells.get(key)
    if (cell) cell.push(slot)
    else this.#cells.set(key, [slot])
  }

  /** Calls back with every point within `radius` (inclusive) and its squared distance. */
  near(x: number, y: number, found: (id: number, squared: number) => void): void {
    const column = Math.floor(x / this.radius)
    const row = Math.floor(y / this.radius)
    const limit = this.radius * this.radius
    for (let r = row - 1; r <= row + 1; r++) {
      for (let c = column - 1; c <= column + 1; c++) {
        for (const slot of this.#cells.get(this.#key(c, r)) ?? []) {
          const dx = (this.#x[slot] as number) - x
          const dy = (this.#y[slot] as number) - y
          const squared = dx * dx + dy * dy
          if (squared <= limit) found(this.#ids[slot] as number, squared)
        }
      }
    }
  }

  /** Whether any point lies within `radius`. */
  any(x: number, y: number): boolean {
    if (this.#ids.length === 0) return false
    let found = false
    this.near(x, y, () => {
      found = true
    })
    return found
  }

  /** Cells may be negative: labels can lie just outside the image. */
  #key(column: number, row: number): number {
    return (row + 0x8000) * 0x100000 + column + 0x8000
  }
}
