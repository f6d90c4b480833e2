import type { Assignment, QueueProgress } from '../../wire'

/** How far a micrograph is, or one person's work on it. */
export type Far = keyof QueueProgress

/** The least far first. */
export const FAR: readonly Far[] = ['to_do', 'assigned', 'claimed', 'done', 'reviewed']

export const FAR_WORDS: Readonly<Record<Far, string>> = {
  to_do: 'to do',
  assigned: 'assigned',
  claimed: 'in hand',
  done: 'done',
  reviewed: 'reviewed',
}

/** What tells whether a claim lasts. Times in ms since 1970. */
export interface Presence {
  readonly now: number
  readonly here: ReadonlySet<number>
  readonly lastSeen: ReadonlyMap<number, number>
  readonly claimSeconds: number
}

/** How far one person is; null where they took it, left and did not finish: it is free for others, as on the server. */
export function workFar(work: Assignment, presence: Presence): Far | null {
  if (work.reviewed_at !== null) return 'reviewed'
  if (work.done_at !== null) return 'done'
  if (isClaimed(work, presence)) return 'claimed'
  return work.assigned ? 'assigned' : null
}

/** How far a micrograph is: as far as the least far of all who are to work on it. */
export function micrographFar(work: readonly Assignment[], double: boolean, presence: Presence): Far {
  const found = work.map(one => workFar(one, presence)).filter(far => far !== null)
  if (found.length < peopleWanted(double)) return 'to_do'
  return FAR.find(far => found.includes(far)) ?? 'to_do'
}

/** How many are to work on a micrograph. */
export function peopleWanted(double: boolean): number {
  return double ? 2 : 1
}

function isClaimed({ user, claimed_at, active_at }: Assignment, presence: Presence): boolean {
  if (claimed_at === null) return false
  if (presence.here.has(user)) return true
  const acted = Math.max(Date.parse(claimed_at), Date.parse(active_at ?? claimed_at))
  const seen = Math.max(acted, presence.lastSeen.get(user) ?? 0)
  return presence.now - seen < presence.claimSeconds * 1000
}
