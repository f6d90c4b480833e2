import { clampToImage } from '../geometry/point'
import { hitPoint, type Target, targetPlace } from '../model/hit'
import { erase, judge, moveTo } from '../model/judge'
import type { Change } from '../model/operation'
import type { ToolName } from '../tools/tool'
import type { Desk } from './desk'
import { eyeOf, handOf } from './hand'

/** What keys and buttons do, beside the gestures of tools. */
export class Commands {
  constructor(readonly desk: Desk) {}

  choose(tool: ToolName): void {
    if (tool !== 'select' && !this.#may()) return
    this.desk.tool.value = tool
    this.desk.selected.value = null
  }

  undo(): void {
    this.#replay(this.desk.editor.undo(), 'Nothing to undo.')
  }

  redo(): void {
    this.#replay(this.desk.editor.redo(), 'Nothing to redo.')
  }

  /** Accepts or rejects the pick under the cursor, else the one selected. */
  judge(kind: 'accept' | 'reject'): void {
    if (!this.#may()) return
    const target = this.#pointed() ?? this.desk.selected.peek()
    if (!target) return this.desk.say(`Point at a pick, or select one, to ${kind} it.`)
    if (target.type === 'label')
      return this.desk.say('This is a label, not a pick. Erase it with E or Delete.')
    const changes = this.#do(hand => judge(target, kind, hand))
    if (changes) this.desk.selected.value = null
  }

  erase(): void {
    const target = this.desk.selected.peek()
    if (!target || !this.#may()) return
    this.#do(hand => erase(target, hand))
    this.desk.selected.value = null
  }

  /** Moves what is selected by image pixels; says whether there was anything to move. */
  nudge(dx: number, dy: number): boolean {
    const target = this.desk.selected.peek()
    if (!target || target.type === 'region' || !this.desk.state.mayEdit.peek()) return false
    const changes = this.#do(hand => {
      const place = targetPlace(target)
      const to = clampToImage({ x: place.x + dx, y: place.y + dy }, hand.width, hand.height)
      return moveTo(target, to, hand)
    })
    this.#reselect(changes)
    return true
  }

  /** Opens the micrograph `step` places further down the list. */
  go(step: number): void {
    const rows = this.desk.state.micrographs.peek()
    const place = rows.findIndex(row => row.id === this.desk.current.peek())
    const next = rows[place + step]
    if (next) this.desk.open(next.id)
  }

  /** Opens the next micrograph that nobody marked yet, from the current one on, round the end. */
  nextUnlabelled(): void {
    const rows = this.desk.state.micrographs.peek()
    const place = rows.findIndex(row => row.id === this.desk.current.peek())
    const order = [...rows.slice(place + 1), ...rows.slice(0, place)]
    const next = order.find(row => !this.desk.counts.of(row.id).marked)
    if (next) this.desk.open(next.id)
    else this.desk.say('Every micrograph has labels.')
  }

  #pointed(): Target | null {
    const cursor = this.desk.cursor.peek()
    const eye = eyeOf(this.desk)
    if (!cursor || !eye) return null
    const { marks, finals } = this.desk.state
    const { verdicts } = marks.of(eye.micrograph)
    const picksOnly = { labels: [], regions: [], verdicts }
    return hitPoint(picksOnly, finals.of(eye.micrograph), cursor, eye.reach)
  }

  #do(make: (hand: NonNullable<ReturnType<typeof handOf>>) => Change[]): Change[] | null {
    const hand = handOf(this.desk)
    if (!hand) return null
    const changes = make(hand)
    hand.commit(changes)
    return changes
  }

  #reselect(changes: Change[] | null): void {
    const mark = changes?.[changes.length - 1]?.after
    if (mark?.type === 'label') this.desk.selected.value = { type: 'label', mark }
    if (mark?.type === 'verdict') this.desk.selected.value = { type: 'verdict', mark }
  }

  #replay(undone: ReturnType<Desk['editor']['undo']>, nothing: string): void {
    const { desk } = this
    desk.edits.value++
    if (!undone) return desk.say(nothing)
    if (desk.state.micrograph(undone.micrograph)) desk.open(undone.micrograph)
    desk.selected.value = null
    if (undone.skipped > 0) desk.say('Somebody changed that since, so it was left as it is.')
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
