import { clampToImage, type Point } from '../../geometry/point'
import { type Crop, targetOf } from '../../model/gallery/crops'
import { changeKind, erase, judge, type Maker, moveTo } from '../../model/marks/judge'
import type { Change } from '../../model/marks/operation'
import type { Step } from '../../model/undo/history'
import type { LabelKind } from '../../wire'
import type { Desk } from '../desk'
import type { Gallery } from './gallery'
import { judgeMany } from './judge-many'

/** Picks judged at once where people make their first labels of a first guess. */
export const SOME = 20

/** What keys, buttons and drags do to crops. Every call is one step of undo. */
export class GalleryCommands {
  constructor(readonly desk: Desk) {}

  get gallery(): Gallery {
    return this.desk.gallery
  }

  /** Chooses a crop and shows it on the canvas, unless that is behind the averages. */
  choose(index: number): void {
    if (this.desk.averages.open.peek()) this.gallery.point(index)
    else this.show(index)
  }

  /** Puts the canvas on a crop and selects it there. */
  show(index: number): void {
    const crop = this.gallery.list.peek()[index]
    if (!crop) return
    this.gallery.point(index)
    this.desk.show(crop.micrograph, crop, targetOf(crop))
  }

  judge(kind: 'accept' | 'reject'): void {
    const crop = this.#current(kind)
    if (!crop || crop.kind === kind) return
    if (crop.mark?.type === 'label')
      return this.desk.say('This is a label, not a pick. Delete erases it; P, B and C change its kind.')
    this.#commit(crop, judge(targetOf(crop), kind, this.#maker(crop)))
  }

  /** Judges the current crop and all that come after it in the list. */
  judgeFromHere(kind: 'accept' | 'reject'): void {
    if (this.#current(kind)) this.judgeAll(kind, this.gallery.at.peek())
  }

  /** Judges all crops of the list from `start` on; labels are people's own words and stay. */
  judgeAll(kind: 'accept' | 'reject', start = 0): void {
    if (!this.#may()) return
    const rest = this.gallery.list.peek().slice(start)
    this.#judgeThese(
      rest.filter(crop => crop.kind !== kind && crop.mark?.type !== 'label'),
      kind,
    )
  }

  /**
   * Accepts the surest picks of the project, or rejects doubtful ones; then shows them for people to correct. Doubtful
   * are those in the middle of what does not count: just below the threshold many are particles, and the lowest scores
   * are empty ice, which teaches little (docs/decisions/0071-first-guess.md).
   */
  judgeSome(kind: 'accept' | 'reject'): void {
    if (!this.#may()) return
    const bestFirst = this.gallery.open(kind === 'accept' ? 'pick' : 'out')
    const start = kind === 'accept' ? 0 : Math.max(0, Math.round((bestFirst.length - SOME) / 2))
    const some = bestFirst.slice(start, start + SOME)
    if (some.length === 0) return this.desk.say(`There are no picks to ${kind} yet.`)
    this.#judgeThese(some, kind)
    this.gallery.showJudged(kind)
  }

  #judgeThese(open: readonly Crop[], kind: 'accept' | 'reject'): void {
    const judged = open.map(crop => ({ micrograph: crop.micrograph, target: targetOf(crop) }))
    const step = judgeMany(this.desk, judged, kind)
    if (step?.type === 'marks') this.gallery.expect(step.changes.at(-1)?.after?.id ?? null)
  }

  erase(): void {
    const crop = this.#current('erase')
    if (crop) this.#commit(crop, erase(targetOf(crop), this.#maker(crop)))
  }

  /** Changes a label's kind, or puts a label in a pick's place. */
  label(kind: LabelKind): void {
    const crop = this.#current(`mark as ${kind}`)
    if (crop) this.#commit(crop, changeKind(targetOf(crop), kind, this.#maker(crop)))
  }

  /** Moves a label or a pick by micrograph pixels. */
  recentre(index: number, by: Point): void {
    const crop = this.gallery.list.peek()[index]
    const image = crop && this.desk.state.micrograph(crop.micrograph)
    if (!crop || !image || !this.#may()) return
    if (crop.kind === 'reject') return this.desk.say('This pick is rejected. Accept it first to move it.')
    const to = clampToImage({ x: crop.x + by.x, y: crop.y + by.y }, image.width, image.height)
    this.gallery.point(index)
    this.#commit(crop, moveTo(targetOf(crop), to, this.#maker(crop)))
  }

  #commit(crop: Crop, changes: Change[]): Step | null {
    this.gallery.expect(changes[changes.length - 1]?.after?.id ?? null)
    return this.desk.editor.commit(crop.micrograph, changes)
  }

  #maker({ micrograph }: Crop): Maker {
    const author = this.desk.state.you.peek()?.id ?? null
    return { micrograph, author, newId: () => crypto.randomUUID() }
  }

  #current(what: string): Crop | null {
    if (!this.#may()) return null
    const crop = this.gallery.current
    if (!crop) this.desk.say(`Choose a crop to ${what}.`)
    return crop
  }

  #may(): boolean {
    const reason = this.desk.state.locked.peek()
    if (reason) this.desk.say(reason)
    return !reason
  }
}
