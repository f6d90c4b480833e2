import type { Member } from '../../model/averages/members'
import type { Target } from '../../model/marks/hit'
import type { Label, Verdict } from '../../model/marks/mark'
import type { Desk } from '../desk'
import { type Judged, judgeMany } from '../gallery/judge-many'
import { type Averages, isRunning } from './averages'

/** Digits of a fit: as many as are sent, so that what comes back is the same. */
const PARTS = 1_000

/** What keys and buttons do to classes. */
export class AveragesCommands {
  constructor(readonly desk: Pick<Desk, 'averages' | 'editor' | 'state' | 'undo' | 'say'>) {}

  get averages(): Averages {
    return this.desk.averages
  }

  /**
   * Judges all members of the class that keys act on, in one step of undo. What people labelled or judged by itself
   * stays; what was judged with a class is judged anew.
   */
  judge(kind: 'accept' | 'reject'): void {
    const members = this.#members(kind)
    if (!members) return
    const [open, kept]: [Judged[], Verdict[]] = [[], []]
    for (const member of members) {
      const mark = this.averages.markOf(member)
      if (mark?.type === 'label' || saysSo(mark, kind)) continue
      if (mark && mark.fit === null) kept.push(mark)
      else open.push({ micrograph: member.micrograph, target: targetOf(member, mark), fit: fitOf(member) })
    }
    const stay =
      kept.length === 1
        ? '1 that was judged by itself stays'
        : `${kept.length.toLocaleString('en')} that were judged one by one stay`
    judgeMany(this.desk, open, kind, kept.length > 0 ? ` ${stay} as it was.` : '')
  }

  #members(kind: 'accept' | 'reject'): readonly Member[] | null {
    const { state, say } = this.desk
    const { averages } = this
    const reason = state.locked.peek()
    const { current } = averages
    const row = averages.pictured.peek()?.row
    const members = current && averages.membersOf(current.number)
    if (reason) say(reason)
    else if (!current || !row) say(`Choose a class to ${kind}.`)
    else if (isRunning(row)) say('The classes still change. Judge them when they are ready.')
    else if (!members) say('The members of this class are not here yet. Try again in a moment.')
    else return members
    return null
  }
}

/** Whether it is what somebody said already; a moved pick is accepted. */
function saysSo(mark: Verdict | null, kind: 'accept' | 'reject'): boolean {
  return mark !== null && (mark.kind === 'reject') === (kind === 'reject')
}

function targetOf({ x, y, particleScore, contaminationScore }: Member, mark: Label | Verdict | null): Target {
  if (mark?.type === 'verdict') return { type: 'verdict', mark }
  return { type: 'pick', pick: { x, y, particleScore, contaminationScore, source: 'network' } }
}

function fitOf({ fit }: Member): number {
  return Math.round(Math.min(1, Math.max(0, fit)) * PARTS) / PARTS
}
