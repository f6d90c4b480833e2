import { findCentres } from '../api/centres'
import { ApiError } from '../api/client'
import { clampToImage, distance, type Point } from '../geometry/point'
import { toImage } from '../geometry/view'
import { hitPoint, type Target, targetPlace } from '../model/marks/hit'
import { changeKind, eraseAll, judge, moveTo } from '../model/marks/judge'
import { type Mark, middleOf } from '../model/marks/mark'
import type { Change } from '../model/marks/operation'
import { allPoints, combine } from '../model/marks/selection'
import { BRUSH, resizeBrush } from '../model/view/settings'
import { LOOKING, type ToolName } from '../tools/tool'
import type { LabelKind } from '../wire'
import type { Desk } from './desk'
import { further, nextUnlabelled } from './neighbours'
import { eyeOf, handOf } from './stage/hand'

/** A mark closer than this to the centre, image pixels, is already centred. */
const SNAPPED = 0.5

/** What keys and buttons do, besides the gestures of tools. */
export class Commands {
  constructor(readonly desk: Desk) {}

  choose(tool: ToolName): void {
    if (!LOOKING.includes(tool) && !this.#may()) return
    this.desk.tool.value = tool
    this.desk.mode.value = 'replace'
    if (tool !== 'move') this.desk.selection.clear()
  }

  /** Shows others the place at the cursor, else what is selected, else the middle of the view. */
  point(): void {
    const { cursor, selection, view, presence } = this.desk
    const only = selection.only.peek()
    const now = view.peek()
    const at = cursor.peek() ?? (only && targetPlace(only))
    if (now) presence.point(at ?? toImage(now, { x: now.width / 2, y: now.height / 2 }))
  }

  undo(): void {
    void this.desk.undo.back()
  }

  redo(): void {
    void this.desk.undo.forward()
  }

  /** Accepts or rejects the picks selected; where that is one at most, the pick under the cursor goes first. */
  judge(kind: 'accept' | 'reject'): void {
    if (!this.#may()) return
    const selected = this.desk.selection.targets.peek()
    const pointed = selected.length > 1 ? null : this.#pointed()
    const targets = pointed ? [pointed] : selected
    if (targets.length === 0) return this.desk.say(`Point at a pick, or select some, to ${kind} them.`)
    if (targets.every(target => target.type === 'label' || target.type === 'region'))
      return this.desk.say('Labels cannot be accepted or rejected. Press Delete to erase them.')
    this.#do(hand => targets.flatMap(target => judge(target, kind, hand)))
    this.desk.selection.clear()
  }

  /** Labels change their kind, picks become labels. */
  makeKind(kind: LabelKind): void {
    const targets = this.desk.selection.targets.peek()
    if (!this.#may()) return
    if (targets.length === 0) return this.desk.say(`Select labels or picks first, to make them ${kind}.`)
    const changes = this.#do(hand => targets.flatMap(target => changeKind(target, kind, hand)))
    this.#reselect(changes)
  }

  erase(): void {
    const targets = this.desk.selection.targets.peek()
    if (targets.length === 0 || !this.#may()) return
    this.#do(hand => eraseAll(targets, hand))
    this.desk.selection.clear()
  }

  /** Selects all labels and picks of the micrograph, or all that are not selected. */
  selectAll(invert: boolean): void {
    const eye = eyeOf(this.desk)
    if (!eye) return
    const { marks } = this.desk.state
    const old = this.desk.selection.targets.peek()
    const all = allPoints(marks.of(eye.micrograph), this.desk.others.withFinals(eye.micrograph))
    this.desk.selection.set(invert ? combine(all, old, 'remove') : all)
  }

  /** Moves what is selected by image pixels; says whether there was anything to move. */
  nudge(dx: number, dy: number): boolean {
    const targets = this.desk.selection.targets.peek().filter(target => target.type !== 'region')
    if (targets.length === 0 || !this.desk.state.mayEdit.peek()) return false
    const changes = this.#do(hand =>
      targets.flatMap(target => {
        const { x, y } = targetPlace(target)
        return moveTo(target, clampToImage({ x: x + dx, y: y + dy }, hand.width, hand.height), hand)
      }),
    )
    this.#reselect(changes)
    return true
  }

  /** Moves what is selected, or lies under the cursor, to the centres of the blobs there. */
  async snap(): Promise<void> {
    const eye = eyeOf(this.desk)
    if (!eye || !this.#may()) return
    const cursor = this.desk.cursor.peek()
    const hit = cursor && eye.hit(cursor)
    const selected = this.desk.selection.targets.peek()
    const targets = (selected.length > 0 || !hit ? selected : [hit]).filter(({ type }) => type !== 'region')
    if (targets.length === 0)
      return this.desk.say('Point at a label or pick, or select some, to centre them.')
    const most = this.desk.state.limits.peek().centres
    if (targets.length > most)
      return this.desk.say(`At most ${most.toLocaleString('en')} can be centred at once.`)
    try {
      this.#centre(targets, await findCentres(eye.micrograph, targets.map(targetPlace)), eye.micrograph)
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      this.desk.say(`Could not centre: ${error.message}`, 'error')
    }
  }

  /** Skips marks that changed, or that the person moved on from, before the response arrived. */
  #centre(targets: readonly Target[], centres: readonly Point[], micrograph: number): void {
    if (this.desk.current.peek() !== micrograph) return
    const { marks } = this.desk.state
    const changes = this.#do(hand =>
      targets.flatMap((target, i) => {
        const to = centres[i]
        const same = target.type === 'pick' || marks.get(target.mark.id) === target.mark
        const off = to && distance(to, targetPlace(target)) > SNAPPED
        return to && same && off ? moveTo(target, to, hand) : []
      }),
    )
    if (changes?.length === 0) this.desk.say('Already centred.')
    else this.desk.flash((changes ?? []).flatMap(({ after }) => (after ? [middleOf(after)] : [])))
  }

  /** Opens the micrograph `step` places further down the list. */
  go(step: number): void {
    const next = further(this.desk, step)
    if (next) this.desk.open(next.id)
  }

  /** One bracket key: the eraser's size while that is the tool, else the micrograph before or after. */
  bracket(step: 1 | -1): void {
    if (this.desk.tool.peek() === 'erase') resizeBrush(this.desk.settings, BRUSH.step ** step)
    else this.go(step)
  }

  /** Opens the next micrograph that nobody has marked yet. */
  nextUnlabelled(): void {
    const next = nextUnlabelled(this.desk)
    if (next) this.desk.open(next.id)
    else this.desk.say('Every micrograph has labels.')
  }

  /** Excludes the open micrograph, or includes it again. */
  exclude(): Promise<void> {
    return this.#flip('excluded')
  }

  /** Flags the open micrograph for review, or removes the flag. */
  flag(): Promise<void> {
    return this.#flip('flagged')
  }

  async #flip(name: 'excluded' | 'flagged'): Promise<void> {
    const row = this.desk.micrograph.peek()
    if (!row || !this.#may()) return
    try {
      await this.desk.shared.change(row.id, { [name]: !row[name] })
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      this.desk.say(error.message, 'error')
    }
  }

  #pointed(): Target | null {
    const cursor = this.desk.cursor.peek()
    const eye = eyeOf(this.desk)
    if (!cursor || !eye) return null
    const picksOnly = { ...this.desk.state.marks.of(eye.micrograph), labels: [] }
    return hitPoint(picksOnly, this.desk.others.withFinals(eye.micrograph), cursor, eye.reach)
  }

  #do(make: (hand: NonNullable<ReturnType<typeof handOf>>) => Change[]): Change[] | null {
    const hand = handOf(this.desk)
    if (!hand) return null
    const changes = make(hand)
    hand.commit(changes)
    return changes
  }

  /** Selects what the change made. */
  #reselect(changes: Change[] | null): void {
    const made = (changes ?? []).flatMap(({ after }) => (after ? [after] : []))
    if (made.length > 0) this.desk.selection.set(made.map(asTarget))
  }

  #may(): boolean {
    const reason = this.desk.state.locked.peek()
    if (reason) {
      this.desk.say(reason)
      return false
    }
    if (!this.desk.settings.peek().marks)
      this.desk.settings.value = { ...this.desk.settings.peek(), marks: true }
    return true
  }
}

function asTarget(mark: Mark): Target {
  return { type: mark.type, mark } as Target
}
