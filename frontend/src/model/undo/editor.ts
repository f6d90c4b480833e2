import type { Operation } from '../../wire'
import type { Ledger } from '../marks/ledger'
import { putOperation } from '../marks/mark'
import { type Change, deleteOperation, markOf, sameMark } from '../marks/operation'
import { History, type MarkStep, type Step } from './history'

/** Changes as they were done, also for an undo. */
export interface Replayed {
  readonly changes: readonly Change[]
  /** Skipped because somebody changed these marks since. */
  readonly skipped: readonly Change[]
}

/**
 * The one way in which this browser changes marks: shows them, records them for undo, and queues them for sending.
 */
export class Editor {
  readonly history = new History()

  constructor(
    readonly ledger: Ledger,
    readonly send: (operations: Operation[]) => void,
    readonly newId: () => string = () => crypto.randomUUID(),
  ) {}

  /** The step of undo that it became; null where nothing changes. */
  commit(micrograph: number, changes: Change[], gesture: string | null = null): Step | null {
    if (changes.length === 0) return null
    const step = this.history.add({ type: 'marks', micrograph, changes: [...changes], gesture })
    this.send(changes.flatMap(change => this.#show(change, isNew(change))))
    return step
  }

  /** Does a step again, or takes it `back`, but for what somebody has changed since. */
  replay(step: MarkStep, back: boolean): Replayed {
    const [changes, skipped]: [Change[], Change[]] = [[], []]
    const operations: Operation[] = []
    for (const change of back ? step.changes.toReversed() : step.changes) {
      const wanted = back ? { before: change.after, after: change.before } : change
      if (this.#unchanged(wanted)) {
        changes.push(change)
        operations.push(...this.#show(wanted))
      } else skipped.push(change)
    }
    this.send(operations)
    return { changes, skipped }
  }

  #unchanged(change: Change): boolean {
    const id = markOf(change)?.id
    return id !== undefined && sameMark(this.ledger.marks.get(id), change.before)
  }

  /** What somebody else may have changed meanwhile says up to which event this person knew of the mark. */
  #show({ before, after }: Change, isNew = false): Operation[] {
    const mark = after ?? before
    if (!mark) return []
    const plain = after ? putOperation(mark, this.newId()) : deleteOperation(mark, this.newId())
    const operation = isNew ? plain : { ...plain, after: this.ledger.seen(mark.id) }
    this.ledger.local(operation)
    return [operation]
  }
}

/** Whether nobody else can know of the mark. A verdict is on a pick, on which somebody else's may be as well. */
function isNew({ before, after }: Change): boolean {
  return before === null && after?.type !== 'verdict'
}
