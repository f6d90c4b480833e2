import { hitPoint, hitRegion, labelNear, type Target } from '../../src/model/marks/hit'
import type { Label, Region } from '../../src/model/marks/mark'
import type { MarkStore } from '../../src/model/marks/marks'
import type { Change } from '../../src/model/marks/operation'
import { allAlong, allInside, combine, type How } from '../../src/model/marks/selection'
import type { FinalPick } from '../../src/model/picks/final'
import type { Hand } from '../../src/tools/tool'
import { newId, storeOf } from '../make'

/** A hand on a 1000 px micrograph with particles of 40 px, at one screen pixel a pixel, that notes what it did. */
export class FakeHand implements Hand {
  readonly micrograph = 1
  readonly author = 7
  readonly width = 1000
  readonly height = 1000
  readonly diameter = 40
  readonly reach = 20
  readonly pixel = 1
  brush = 20
  readonly handle = 9
  readonly mostCorners = 500
  readonly newId = newId
  readonly said: string[] = []
  readonly pointed: { x: number; y: number }[] = []
  readonly commented: { x: number; y: number }[] = []
  readonly flashed: { x: number; y: number }[] = []
  readonly gestures: (string | undefined)[] = []
  changes: Change[] = []
  targets: readonly Target[] = []

  constructor(
    readonly marks: MarkStore = storeOf(),
    public picks: FinalPick[] = [],
  ) {}

  get selected(): Target | null {
    const only = this.targets.length === 1 ? this.targets[0] : null
    if (!only || only.type === 'pick') return only ?? null
    const mark = this.marks.get(only.mark.id)
    return mark ? ({ type: mark.type, mark } as Target) : null
  }

  get regions(): readonly Region[] {
    return this.marks.of(1).regions
  }

  hit(at: { x: number; y: number }): Target | null {
    return hitPoint(this.marks.of(1), this.picks, at, this.reach)
  }

  labelNear(at: { x: number; y: number }): Label | null {
    return labelNear(this.marks.of(1).labels, at, 0.4 * this.diameter)
  }

  hitRegion(at: { x: number; y: number }): Target | null {
    return hitRegion(this.marks.of(1).regions, at, 9)
  }

  commit(changes: Change[], gesture?: string): void {
    this.changes.push(...changes)
    this.gestures.push(gesture)
    for (const { before, after } of changes) {
      if (before) this.marks.set(before.id, null)
      if (after) this.marks.set(after.id, after)
      const judged = after?.type === 'verdict' ? after : null
      if (judged) this.picks = this.picks.filter(pick => pick.x !== judged.x || pick.y !== judged.y)
    }
  }

  along(from: { x: number; y: number }, to: { x: number; y: number }, radius: number): Target[] {
    return allAlong(this.marks.of(1), this.picks, from, to, radius)
  }

  inside(outline: readonly { x: number; y: number }[]): Target[] {
    return allInside(this.marks.of(1), this.picks, outline)
  }

  select(targets: readonly Target[], how: How = 'replace'): void {
    this.targets = combine(this.targets, targets, how)
  }

  flash(places: readonly { x: number; y: number }[]): void {
    this.flashed.push(...places)
  }

  point(at: { x: number; y: number }): void {
    this.pointed.push(at)
  }

  comment(at: { x: number; y: number }): void {
    this.commented.push(at)
  }

  say(message: string): void {
    this.said.push(message)
  }
}
