import type { HistoryEntry } from '../../wire'

/** After a longer pause, ms, a person's next change is told apart: as the server does (queries/past/history.py). */
const PAUSE = 10 * 60_000
const MOST_PLACES = 50

/** Entries and those before them, both newest first, as the server would have told them at once. */
export function joined(newer: readonly HistoryEntry[], older: readonly HistoryEntry[]): HistoryEntry[] {
  const left = [...older]
  const first = newer.map(entry => {
    const at = left.findIndex(other => belongs(entry, other))
    const [before] = at < 0 ? [] : left.splice(at, 1)
    return before ? both(entry, before) : entry
  })
  return [...first, ...left]
}

function belongs(newer: HistoryEntry, older: HistoryEntry): boolean {
  return (
    newer.actor === older.actor &&
    newer.type === older.type &&
    newer.about === older.about &&
    (newer.micrograph === older.micrograph || isOfMany(newer)) &&
    Date.parse(newer.since) - Date.parse(older.until) <= PAUSE
  )
}

/** Whether it is told of several micrographs at once, and by their names where it is one. */
export function isOfMany({ type }: Pick<HistoryEntry, 'type'>): boolean {
  return type === 'micrograph.added' || type.startsWith('assignments.')
}

function both(newer: HistoryEntry, older: HistoryEntry): HistoryEntry {
  const one = newer.micrograph === older.micrograph
  return {
    ...newer,
    first: older.first,
    since: older.since,
    count: newer.count + older.count,
    micrograph: one ? newer.micrograph : null,
    name: one ? newer.name : '',
    micrographs: one ? newer.micrographs : newer.micrographs + older.micrographs,
    kinds: added(newer.kinds, older.kinds),
    places: [...newer.places, ...older.places].slice(0, MOST_PLACES),
    changes: changed(older.changes, newer.changes),
  }
}

function added(
  a: Readonly<Record<string, number>>,
  b: Readonly<Record<string, number>>,
): Record<string, number> {
  const sum = { ...a }
  for (const [name, count] of Object.entries(b)) sum[name] = (sum[name] ?? 0) + count
  return sum
}

type Changes = HistoryEntry['changes']

/** From what was before the first to what was after the last. */
function changed(first: Changes, last: Changes): Changes {
  const all: Record<string, readonly [unknown, unknown]> = { ...first }
  for (const [name, [before, after]] of Object.entries(last)) all[name] = [first[name]?.[0] ?? before, after]
  return all as Changes
}
