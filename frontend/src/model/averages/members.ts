import { PointGrid } from '../../geometry/grid'
import type { Point } from '../../geometry/point'
import type { AverageMembers } from '../../wire'
import type { Label, MarksOf, Verdict } from '../marks/mark'

/** A mark or pick within this share of the particle's diameter of a member is the member's own. */
const SAME = 0.25

/** A pick of a class, as it was when it was sorted. */
export interface Member extends Point {
  readonly micrograph: number
  readonly particleScore: number | null
  readonly contaminationScore: number | null
  /** How well it fits the class, 0–1. */
  readonly fit: number
}

/** Members in their order, the best first. */
export function membersOf(columns: AverageMembers): Member[] {
  const { micrograph, x, y, particle, contamination, fit } = columns
  return micrograph.map((id, i) => ({
    micrograph: id,
    x: x[i] as number,
    y: y[i] as number,
    particleScore: particle[i] ?? null,
    contaminationScore: contamination[i] ?? null,
    fit: fit[i] as number,
  }))
}

/** What of one micrograph lies near a place: the nearest thing within a quarter of the diameter, the first of equals. */
export class Nearby<T> {
  readonly #things: T[] = []
  readonly #grid: PointGrid

  /** `diameter` in pixels of the micrograph. */
  constructor(diameter: number) {
    this.#grid = new PointGrid(SAME * diameter)
  }

  add(thing: T, { x, y }: Point): void {
    this.#grid.add(this.#things.length, x, y)
    this.#things.push(thing)
  }

  at({ x, y }: Point): T | null {
    let best = -1
    let least = Infinity
    this.#grid.near(x, y, (i, squared) => {
      if (squared > least || (squared === least && i > best)) return
      best = i
      least = squared
    })
    return this.#things[best] ?? null
  }
}

/** Labels and verdicts of a micrograph by their places; a moved pick has two. */
export function marksNearby({ labels, verdicts }: MarksOf, diameter: number): Nearby<Label | Verdict> {
  const nearby = new Nearby<Label | Verdict>(diameter)
  for (const mark of labels) nearby.add(mark, mark)
  for (const mark of verdicts) {
    nearby.add(mark, mark)
    if (mark.to) nearby.add(mark, mark.to)
  }
  return nearby
}
