import { type Frame, offBorder } from '../../geometry/border'
import { Crowds } from '../../geometry/crowds'
import { PointGrid } from '../../geometry/grid'

/** Numbers a pick: x, y, particle score, contamination score. */
export const COLUMNS = 4

/** The picks of one source on one micrograph; those of networks carry two scores in [0, 1], others one of their own as particle score. */
export class PickBlock {
  #grid: PointGrid | null = null
  #crowds: Crowds | null = null
  #bestFirst: Int32Array | null = null
  #offBorder: { readonly margin: number; readonly block: PickBlock } | null = null

  /** `rows` holds `COLUMNS` numbers a pick. */
  constructor(
    readonly source: number,
    readonly rows: Float32Array,
  ) {}

  get count(): number {
    return this.rows.length / COLUMNS
  }

  x(i: number): number {
    return this.rows[i * COLUMNS] as number
  }

  y(i: number): number {
    return this.rows[i * COLUMNS + 1] as number
  }

  particleScore(i: number): number {
    return this.rows[i * COLUMNS + 2] as number
  }

  contaminationScore(i: number): number {
    return this.rows[i * COLUMNS + 3] as number
  }

  /** The picks that keep the margin, computed once a margin: those of all micrographs are asked for at once. */
  offBorder(frame: Frame): PickBlock {
    const margin = frame.borderMargin
    if (this.#offBorder?.margin !== margin) this.#offBorder = { margin, block: this.#keeping(frame) }
    return this.#offBorder.block
  }

  /** In plain loops: a project may hold millions of picks. */
  #keeping(frame: Frame): PickBlock {
    const kept = new Float32Array(this.rows.length)
    let to = 0
    for (let i = 0; i < this.count; i++) {
      if (!offBorder(this.x(i), this.y(i), frame)) continue
      for (let at = i * COLUMNS; at < (i + 1) * COLUMNS; at++) kept[to++] = this.rows[at] as number
    }
    return to === kept.length ? this : new PickBlock(this.source, kept.slice(0, to))
  }

  /** Which picks are closer to each other than `least` pixels, computed once per distance. */
  crowds(least: number): Crowds {
    if (this.#crowds?.least !== least)
      this.#crowds = new Crowds(
        this.count,
        i => this.x(i),
        i => this.y(i),
        least,
      )
    return this.#crowds
  }

  /** Indices by particle score times one less contamination score, equals in their order. */
  bestFirst(): Int32Array {
    if (!this.#bestFirst) {
      const score = Float64Array.from(
        { length: this.count },
        (_, i) => this.particleScore(i) * (1 - this.contaminationScore(i)),
      )
      this.#bestFirst = Int32Array.from(score.keys()).sort(
        (a, b) => (score[b] as number) - (score[a] as number) || a - b,
      )
    }
    return this.#bestFirst
  }

  /** Buckets of all picks, built once a radius: thresholds move far more often than diameters. */
  grid(radius: number): PointGrid {
    if (this.#grid?.radius !== radius) {
      this.#grid = new PointGrid(radius)
      for (let i = 0; i < this.count; i++) this.#grid.add(i, this.x(i), this.y(i))
    }
    return this.#grid
  }

  /** Index of the pick nearest to a place within `radius`, the first of equals; -1 where none is near. */
  nearest(x: number, y: number, radius: number): number {
    let best = -1
    let least = Infinity
    this.grid(radius).near(x, y, (i, squared) => {
      if (squared < least || (squared === least && i < best)) {
        best = i
        least = squared
      }
    })
    return best
  }
}

/** The networks' picks shown of every micrograph: of the current training, else of the newest that there are; the first
 * guess is older than any training. */
export class PickStore {
  readonly #blocks = new Map<number, PickBlock>()
  readonly #listeners = new Set<(micrograph: number) => void>()
  /** The source of the training that the project picks with, be it the newest or not. */
  current: number | null = null

  of(micrograph: number): PickBlock | null {
    return this.#blocks.get(micrograph) ?? null
  }

  all(): Iterable<PickBlock> {
    return this.#blocks.values()
  }

  /** Micrographs whose picks are held. */
  get size(): number {
    return this.#blocks.size
  }

  listen(listener: (micrograph: number) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Whether picks of a training's source take the place of another's: the current one's, else the newer. */
  prefers(source: number, shown: number | undefined): boolean {
    return shown === undefined || source === this.current || (shown !== this.current && source >= shown)
  }

  /** Sets picks unless those there are to be preferred: answers may overtake one another. */
  put(micrograph: number, block: PickBlock): void {
    if (!this.prefers(block.source, this.#blocks.get(micrograph)?.source)) return
    this.#blocks.set(micrograph, block)
    for (const listener of this.#listeners) listener(micrograph)
  }

  /** Removes all picks of a source. */
  removeSource(source: number): void {
    for (const [micrograph, block] of [...this.#blocks]) {
      if (block.source !== source) continue
      this.#blocks.delete(micrograph)
      for (const listener of this.#listeners) listener(micrograph)
    }
  }

  remove(micrograph: number): void {
    this.#blocks.delete(micrograph)
  }

  clear(): void {
    this.#blocks.clear()
  }
}
