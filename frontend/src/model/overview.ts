import { isJudged, type Tally } from './counts'
import { meanDefocus } from './ctf'
import type { FinalPick } from './final'
import { LABEL_KINDS, type Micrograph } from './types'

export const CARD_SORTS = ['name', 'picks', 'labels', 'score', 'defocus', 'time'] as const
export type CardSort = (typeof CARD_SORTS)[number]

export const CARD_STATES = [
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

/** What the overview needs of a micrograph besides its row. */
export interface Knowledge {
  tally(micrograph: number): Tally
  /** Mean particle score of the picks that count; null without any. */
  score(micrograph: number): number | null
}

/** The chosen ones of micrographs by name, in order; what has no score or defocus comes last either way. */
export function listMicrographs(
  rows: readonly Micrograph[],
  choice: OverviewChoice,
  known: Knowledge,
): Micrograph[] {
  const text = choice.text.trim().toLowerCase()
  const found = rows.filter(row => row.name.toLowerCase().includes(text) && inState(row, choice.state, known))
  const sign = choice.descending ? -1 : 1
  if (choice.sort === 'name') return choice.descending ? found.reverse() : found
  const values = new Map(found.map(row => [row.id, sortValue(row, choice.sort, known)]))
  const value = (row: Micrograph): number => values.get(row.id) ?? Number.POSITIVE_INFINITY * sign
  return found.sort((a, b) => (value(a) === value(b) ? 0 : sign * (value(a) < value(b) ? -1 : 1)))
}

function inState(row: Micrograph, state: CardState, known: Knowledge): boolean {
  if (state === 'labelled' || state === 'unlabelled')
    return known.tally(row.id).labelled === (state === 'labelled')
  if (state === 'judged' || state === 'unjudged')
    return isJudged(known.tally(row.id)) === (state === 'judged')
  if (state === 'picked' || state === 'unpicked') return (row.picks !== null) === (state === 'picked')
  if (state === 'flagged' || state === 'excluded') return row[state]
  return true
}

function sortValue(row: Micrograph, sort: CardSort, known: Knowledge): number | null {
  const tally = known.tally(row.id)
  if (sort === 'picks') return tally.final
  if (sort === 'labels') return LABEL_KINDS.reduce((sum, kind) => sum + tally[kind], 0)
  if (sort === 'score') return known.score(row.id)
  if (sort === 'defocus') return row.ctf && meanDefocus(row.ctf)
  return Date.parse(row.created_at)
}

export function meanScore(picks: readonly FinalPick[]): number | null {
  let sum = 0
  let count = 0
  for (const { particleScore } of picks) {
    if (particleScore === null) continue
    sum += particleScore
    count++
  }
  return count === 0 ? null : sum / count
}
