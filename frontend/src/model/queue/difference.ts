import { distance } from '../../geometry/point'
import type { DifferingLabel, LabelDifference } from '../../wire'
import { LAST, type Label, type MarksOf, type Verdict } from '../marks/mark'
import type { Change } from '../marks/operation'

/** Whose labels stay. */
export type Answer = 'first' | 'second' | 'both' | 'neither'

/** An accept no further than this many pixels from a label is of this label. */
const AT = 1

export function labelsOf({ first, second }: LabelDifference): DifferingLabel[] {
  return [first, second].filter(label => label !== null)
}

/** In the middle, where both have a label. */
export function placeOfDifference(difference: LabelDifference): { x: number; y: number } {
  const labels = labelsOf(difference)
  const sum = labels.reduce(({ x, y }, label) => ({ x: x + label.x, y: y + label.y }), { x: 0, y: 0 })
  return { x: sum.x / labels.length, y: sum.y / labels.length }
}

/** Whether it makes sense: one place has one kind. */
export function mayAnswer({ what }: LabelDifference, answer: Answer): boolean {
  return answer !== 'both' || what !== 'kind'
}

/** Whether one label is gone, all are accepted, or they differ no more; the server has the same rule. */
export function isSettled(difference: LabelDifference, marks: MarksOf, near: number): boolean {
  const wanted = labelsOf(difference)
  const here = wanted.flatMap(label => labelNow(label, marks) ?? [])
  if (here.length < wanted.length || here.every(label => acceptOf(label, marks))) return true
  const [a, b] = here
  if (!a) return true
  if (!b) return a.kind !== 'particle'
  return a.kind === b.kind && (difference.what === 'kind' || distance(a, b) <= near)
}

/** What was answered; null while it is not settled, or was settled in another way. */
export function answerTo(difference: LabelDifference, marks: MarksOf, near: number): Answer | null {
  if (!isSettled(difference, marks, near)) return null
  const { first, second } = difference
  const stay = labelsOf(difference).filter(label => labelNow(label, marks))
  if (stay.length === 2) return stay.every(label => acceptOf(label, marks)) ? 'both' : null
  if (stay.length === 0 && first && second) return 'neither'
  return (stay.length === 1 ? stay[0] === first : first === null) ? 'first' : 'second'
}

/**
 * What an answer changes: labels that do not stay are deleted, and those that were come back. Where all stay, each is
 * accepted, as nothing else would tell that somebody has looked.
 */
export function changesFor(
  difference: LabelDifference,
  answer: Answer,
  marks: MarksOf,
  own: { readonly micrograph: number; readonly author: number | null; newId(): string },
): Change[] {
  const { micrograph, author } = own
  const labels = labelsOf(difference)
  const stay = labels.filter(label => stays(difference, label, answer))
  const accepted = stay.length === labels.length
  return labels.flatMap(label => {
    const now = labelNow(label, marks)
    const accept = acceptOf(now ?? label, marks)
    const changes: Change[] = []
    if (stay.includes(label) && !now) changes.push({ before: null, after: { ...asMark(label), micrograph } })
    if (!stay.includes(label) && now) changes.push({ before: now, after: null })
    if (accepted && !accept) {
      const { x, y } = now ?? label
      const made = {
        type: 'verdict',
        id: own.newId(),
        micrograph,
        author,
        changedBy: null,
        order: LAST,
      } as const
      changes.push({ before: null, after: { ...made, kind: 'accept', x, y, to: null, fit: null } })
    }
    if (!accepted && accept) changes.push({ before: accept, after: null })
    return changes
  })
}

/** Of one who has no label there, the answer is that there is nothing. */
function stays(difference: LabelDifference, label: DifferingLabel, answer: Answer): boolean {
  if (answer === 'both' || answer === 'neither') return answer === 'both'
  return difference[answer] === label
}

function labelNow({ id }: DifferingLabel, marks: MarksOf): Label | null {
  return marks.labels.find(label => label.id === id) ?? null
}

function acceptOf(at: { readonly x: number; readonly y: number }, marks: MarksOf): Verdict | null {
  return marks.verdicts.find(verdict => verdict.kind === 'accept' && distance(verdict, at) <= AT) ?? null
}

function asMark({ id, author, kind, x, y }: DifferingLabel): Omit<Label, 'micrograph'> {
  return { type: 'label', id, author, changedBy: null, kind, x, y, order: LAST }
}
