import type { Micrograph } from '../../wire'
import { type Counts, isJudged } from '../counts'
import { LABEL_KINDS } from '../marks/mark'
import { meanDefocus } from './ctf'

const CARD_SORTS = ['name', 'picks', 'labels', 'score', 'defocus', 'time'] as const
export type CardSort = (typeof CARD_SORTS)[number]

const CARD_STATES = [
  'all',
  'labelled',
  'unlabelled',
  'judged',
  'unjudged',
  'picked',
  'unpicked',
  'flagged',
  'excluded',
] as const
export type CardState = (typeof CARD_STATES)[number]

/** Which micrographs the overview shows, and in which order. */
export interface OverviewChoice {
  readonly sort: CardSort
  readonly descending: boolean
  readonly state: CardState
  /** Part of the name, in either case. */
  readonly text: string
}

/** What the list needs of micrographs besides their rows. */
type Known = Pick<Counts, 'of' | 'score'>

/** The chosen ones of micrographs by name, in order; what has no score or defocus comes last either way. */
export function listMicrographs(
  rows: readonly Micrograph[],
  choice: OverviewChoice,
  counts: Known,
): Micrograph[] {
  const text = choice.text.trim().toLowerCase()
  const found = rows.filter(
    row => row.name.toLowerCase().includes(text) && inState(row, choice.state, counts),
  )
  const sign = choice.descending ? -1 : 1
  if (choice.sort === 'name') return choice.descending ? found.reverse() : found
  const values = new Map(found.map(row => [row.id, sortValue(row, choice.sort, counts)]))
  const value = (row: Micrograph): number => values.get(row.id) ?? Number.POSITIVE_INFINITY * sign
  return found.sort((a, b) => (value(a) === value(b) ? 0 : sign * (value(a) < value(b) ? -1 : 1)))
}

function inState(row: Micrograph, state: CardState, counts: Known): boolean {
  if (state === 'labelled' || state === 'unlabelled')
    return counts.of(row.id).labelled === (state === 'labelled')
  if (state === 'judged' || state === 'unjudged') return isJudged(counts.of(row.id)) === (state === 'judged')
  if (state === 'picked' || state === 'unpicked') return (row.picks !== null) === (state === 'picked')
  if (state === 'flagged' || state === 'excluded') return row[state]
  return true
}

function sortValue(row: Micrograph, sort: CardSort, counts: Known): number | null {
  const tally = counts.of(row.id)
  if (sort === 'picks') return tally.final
  if (sort === 'labels') return LABEL_KINDS.reduce((sum, kind) => sum + tally[kind], 0)
  if (sort === 'score') return counts.score(row.id)
  if (sort === 'defocus') return row.ctf && meanDefocus(row.ctf)
  return Date.parse(row.created_at)
}
