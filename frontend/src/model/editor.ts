import { History } from './history'
import type { Ledger } from './ledger'
import { type Change, deleteOperation, type Operation, putOperation, sameMark } from './operation'
import type { Mark } from './types'

export interface Undone {
  readonly micrograph: number
  /** Marks left alone because somebody changed them since. */
  readonly skipped: number
  /** The marks that changed, as they are now or were before they went. */
  readonly marks: readonly Mark[]
}

/** The one way in which this browser changes marks: shows, remembers for undo, and hands on for sending. */
export class Editor {
  readonly history = new History()

  constructor(
    readonly ledger: Ledger,
    readonly send: (operations: Operation[]) => void,
    readonly newId: () => string = () => crypto.randomUUID(),
  ) {}

  commit(micrograph: number, changes: Change[], gesture: string | null = null): void {
    if (changes.length === 0) return
    this.history.add({ micrograph, changes, gesture })
    this.#apply(changes)
  }

  undo(): Undone | null {
    const step = this.history.takeBack()
    if (!step) return null
    const back = step.changes.map(({ before, after }) => ({ before: after, after: before })).reverse()
    return { micrograph: step.micrograph, ...this.#applyUnchanged(back) }
  }

  redo(): Undone | null {
    const step = this.history.takeForward()
    if (!step) return null
    return { micrograph: step.micrograph, ...this.#applyUnchanged(step.changes) }
  }

  #applyUnchanged(changes: Change[]): Pick<Undone, 'skipped' | 'marks'> {
    const mine = changes.filter(change => {
      const id = markOf(change)?.id
      return id !== undefined && sameMark(this.ledger.marks.get(id), change.before)
    })
    this.#apply(mine)
    const marks = mine.flatMap(change => markOf(change) ?? [])
    return { skipped: changes.length - mine.length, marks }
  }

  #apply(changes: Change[]): void {
    const operations: Operation[] = []
    for (const { before, after } of changes) {
      if (after) operations.push(putOperation(after, this.newId()))
      else if (before) operations.push(deleteOperation(before, this.newId()))
    }
    for (const operation of operations) this.ledger.local(operation)
    this.send(operations)
  }
}

function markOf(change: Change): Mark | null {
  return change.after ?? change.before
}
