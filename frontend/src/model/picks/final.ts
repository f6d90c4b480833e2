import { type Frame, offBorder } from '../../geometry/border'
import { PointGrid } from '../../geometry/grid'
import { type Bounds, bounds, contains, type Polygon } from '../../geometry/polygon'
import type { MarksOf } from '../marks/mark'
import type { PickBlock } from './picks'

/** Two places closer than this share of the particle's diameter are one particle. */
export const NEAR = 0.4

export interface FinalPick {
  readonly x: number
  readonly y: number
  readonly particleScore: number | null
  readonly contaminationScore: number | null
  readonly source: 'label' | 'verdict' | 'network'
}

export interface Thresholds {
  readonly particle: number
  readonly contamination: number
}

/** What the sliders of a project set. */
export interface Limits extends Thresholds {
  /** Least distance between network picks, particle diameters; 0 for none. */
  readonly minimumDistance: number
  /** Least distance of network picks from the border, particle diameters; 0 for none. */
  readonly borderMargin: number
}

/** What a network pick must pass on one micrograph; lengths in its pixels. */
export interface Rule extends Limits, Frame {}

/** Whether a network pick may be shown, by itself. Scores are float32, compared in double precision. */
function passes(block: PickBlock, i: number, rule: Rule): boolean {
  return (
    block.particleScore(i) >= rule.particle &&
    block.contaminationScore(i) <= rule.contamination &&
    offBorder(block.x(i), block.y(i), rule)
  )
}

/** How many picks pass the rule, before labels, regions and verdicts. */
export function countPassing(block: PickBlock, rule: Rule): number {
  let n = 0
  if (rule.minimumDistance > 0) {
    const board = new Board(block, 1)
    board.pass(rule)
    board.thin(rule.minimumDistance)
    return board.left().length
  }
  for (let i = 0; i < block.count; i++) if (passes(block, i, rule)) n++
  return n
}

/**
 * The picks that count on one micrograph: network picks past the thresholds and off the border, less those in
 * regions and near background or contamination labels, overruled by verdicts (oldest first) and then by particle
 * labels; of those left, picks crowded by better ones, or by what people added, go.
 * The server's export runs the same rule; both are held to tests/data/final_picks.json.
 */
export function finalPicks(
  block: PickBlock | null,
  marks: MarksOf,
  diameter: number,
  rule: Rule,
): FinalPick[] {
  const board = new Board(block, NEAR * diameter)
  board.pass(rule)
  for (const region of marks.regions) board.dropInside(region.polygon)
  for (const label of marks.labels) if (label.kind !== 'particle') board.dropNear(label.x, label.y)
  for (const { kind, x, y, to } of marks.verdicts) {
    board.dropNear(x, y)
    if (kind === 'reject') continue
    const target = kind === 'move' && to ? to : { x, y }
    board.dropNear(target.x, target.y)
    board.add(target.x, target.y, 'verdict', board.nearest(x, y))
  }
  for (const { kind, x, y } of marks.labels) {
    if (kind !== 'particle') continue
    board.dropNear(x, y)
    board.add(x, y, 'label', board.nearest(x, y))
  }
  if (rule.minimumDistance > 0) board.thin(rule.minimumDistance)
  return board.left()
}

/** The state of the rule: which network picks are alive, and what people added. */
class Board {
  readonly #alive: Uint8Array
  readonly #added: (FinalPick | null)[] = []
  readonly #addedGrid: PointGrid

  constructor(
    readonly block: PickBlock | null,
    readonly radius: number,
  ) {
    this.#alive = new Uint8Array(block?.count ?? 0)
    this.#addedGrid = new PointGrid(radius)
  }

  pass(rule: Rule): void {
    if (!this.block) return
    for (let i = 0; i < this.#alive.length; i++) this.#alive[i] = passes(this.block, i, rule) ? 1 : 0
  }

  dropInside(polygon: Polygon): void {
    if (!this.block) return
    const box: Bounds = bounds(polygon)
    for (let i = 0; i < this.#alive.length; i++) {
      if (!this.#alive[i]) continue
      const x = this.block.x(i)
      const y = this.block.y(i)
      if (x < box.left || x > box.right || y < box.top || y > box.bottom) continue
      if (contains(polygon, x, y)) this.#alive[i] = 0
    }
  }

  dropNear(x: number, y: number): void {
    this.block?.grid(this.radius).near(x, y, i => {
      this.#alive[i] = 0
    })
    this.#addedGrid.near(x, y, i => {
      this.#added[i] = null
    })
  }

  /** Index of the network pick nearest to a place, shown or not; -1 where none is near. */
  nearest(x: number, y: number): number {
    return this.block?.nearest(x, y, this.radius) ?? -1
  }

  add(x: number, y: number, source: FinalPick['source'], scored: number): void {
    this.#addedGrid.add(this.#added.length, x, y)
    this.#added.push({ x, y, source, ...this.#scores(scored) })
  }

  /** The best go first, and take those with them that are nearer than `minimum` pixels. */
  thin(minimum: number): void {
    if (!this.block) return
    const crowds = this.block.crowds(minimum)
    const kept = new PointGrid(minimum)
    this.#added.forEach((pick, i) => {
      if (pick) kept.add(i, pick.x, pick.y)
    })
    for (const i of this.block.bestFirst()) {
      if (!this.#alive[i]) continue
      kept.near(this.block.x(i), this.block.y(i), (_, squared) => {
        if (squared < minimum * minimum) this.#alive[i] = 0
      })
      if (this.#alive[i]) for (const j of crowds.of(i)) this.#alive[j] = 0
    }
  }

  left(): FinalPick[] {
    const result: FinalPick[] = []
    for (let i = 0; i < this.#alive.length; i++) {
      if (!this.block || !this.#alive[i]) continue
      result.push({ x: this.block.x(i), y: this.block.y(i), source: 'network', ...this.#scores(i) })
    }
    for (const pick of this.#added) if (pick) result.push(pick)
    return result
  }

  #scores(i: number): Pick<FinalPick, 'particleScore' | 'contaminationScore'> {
    if (!this.block || i < 0) return { particleScore: null, contaminationScore: null }
    return {
      particleScore: this.block.particleScore(i),
      contaminationScore: this.block.contaminationScore(i),
    }
  }
}
