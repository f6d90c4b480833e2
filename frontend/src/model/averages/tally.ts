import type { Label, Verdict } from '../marks/mark'

/** What people said of the members of a class. Moved picks are accepted ones; labels are neither. */
export interface ClassTally {
  readonly members: number
  readonly accepted: number
  readonly rejected: number
}

/** `marks`: of each member its label or verdict, if any. */
export function tallyOf(marks: Iterable<Label | Verdict | null>): ClassTally {
  let [members, accepted, rejected] = [0, 0, 0]
  for (const mark of marks) {
    members++
    if (mark?.type !== 'verdict') continue
    if (mark.kind === 'reject') rejected++
    else accepted++
  }
  return { members, accepted, rejected }
}

export function sum(tallies: Iterable<ClassTally>): ClassTally {
  let [members, accepted, rejected] = [0, 0, 0]
  for (const tally of tallies) {
    members += tally.members
    accepted += tally.accepted
    rejected += tally.rejected
  }
  return { members, accepted, rejected }
}

/** How a class looks: as more than half of its members were judged; null while that is open. */
export function judgedAs({ members, accepted, rejected }: ClassTally): 'accept' | 'reject' | null {
  if (2 * accepted > members) return 'accept'
  return 2 * rejected > members ? 'reject' : null
}

/** "380 accepted, 12 rejected of 400", where not all were judged alike; empty if they were, or none was. */
export function partly({ members, accepted, rejected }: ClassTally): string {
  if (accepted === members || rejected === members || accepted + rejected === 0) return ''
  const parts = [
    accepted > 0 && `${accepted.toLocaleString('en')} accepted`,
    rejected > 0 && `${rejected.toLocaleString('en')} rejected`,
  ]
  return `${parts.filter(Boolean).join(', ')} of ${members.toLocaleString('en')}`
}
