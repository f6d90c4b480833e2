import { PointGrid } from '../geometry/grid'
import { type Bounds, bounds, contains, type Polygon } from '../geometry/polygon'
import type { MarksOf } from './marks'
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

/** Whether the thresholds alone show a network pick. Scores are float32, compared in double precision. */
function passes(block: PickBlock, i: number, thresholds: Thresholds): boolean {
  return (
    block.particleScore(i) >= thresholds.particle && block.contaminationScore(i) <= thresholds.contamination
  )
}

/** How many picks pass the thresholds, before labels, regions and verdicts. */
export function countPassing(block: PickBlock, thresholds: Thresholds): number {
  let n = 0
  for (let i = 0; i < block.count; i++) if (passes(block, i, thresholds)) n++
  return n
}

/**
 * The picks that count on one micrograph: network picks past the thresholds, less those in regions and near
 * background or contamination labels, overruled by verdicts (oldest first) and then by particle labels.
 * The server's export runs the same rule; both are held to tests/data/final_picks.json.
 */
export function finalPicks(
  block: PickBlock | null,
  marks: MarksOf,
  diameter: number,
  thresholds: Thresholds,
): FinalPick[] {
  const board = new Board(block, NEAR * diameter)
  board.threshold(thresholds)
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
  return board.left()
}

/** The state of the rule: which network picks are alive, and what people added. */
class Board {
  #alive: Uint8Array
  #added: (FinalPick | null)[] = []
  #addedGrid: PointGrid

  constructor(
    readonly block: PickBlock | null,
    readonly radius: number,
  ) {
    this.#alive = new Uint8Array(block?.count ?? 0)
    this.#addedGrid = new PointGrid(radius)
  }

  threshold(thresholds: Thresholds): void {
    if (!this.block) return
    for (let i = 0; i < this.#alive.length; i++) this.#alive[i] = passes(this.block, i, thresholds) ? 1 : 0
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
