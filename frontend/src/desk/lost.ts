import type { Loss } from '../live/losses'
import type { Mark, Verdict } from '../model/marks/mark'
import { type Change, markOf } from '../model/marks/operation'
import type { ProjectState } from '../model/project'
import { marksInWords, VERDICTS } from '../model/undo/step-words'
import type { Say } from './say'
import { type Shower, showMarks } from './show-marks'

export interface LostHost extends Shower {
  readonly state: ProjectState
  readonly say: Say
}

/** Says whose changes stand in place of this person's, and offers to look. */
export function tellLosses(host: LostHost, losses: readonly Loss[]): void {
  const [first] = losses
  if (!first) return
  const { state } = host
  const text = losses.length === 1 ? oneInWords(state, first) : manyInWords(state, losses)
  const marks = losses.flatMap(({ change }) => standing(state, change) ?? markOf(change) ?? [])
  host.say(text, 'info', { label: 'Show', run: () => showMarks(host, marks) })
}

/** "Anna erased the label you moved on mic_003." */
function oneInWords(state: ProjectState, { change, by }: Loss): string {
  const mark = markOf(change)
  const place = state.micrograph(mark?.micrograph ?? null)?.name ?? 'a removed micrograph'
  const theirs = theirsInWords(standing(state, change), mark)
  return `${nameOf(state, by)} ${theirs} ${yoursInWords(change)} on ${place}. Your change was not kept.`
}

function manyInWords(state: ProjectState, losses: readonly Loss[]): string {
  const names = [...new Set(losses.map(({ by }) => nameOf(state, by)))]
  const who = names.length > 2 ? 'others' : names.join(' and ')
  const what = marksInWords(
    state,
    losses.map(({ change }) => change),
  )
  return `${losses.length.toLocaleString('en')} of your changes were not kept, because ${who} changed the same first: ${what}.`
}

function theirsInWords(stands: Mark | null, wanted: Mark | null): string {
  if (!stands) return wanted?.type === 'verdict' ? 'cleared the verdict on' : 'erased'
  return stands.type === 'verdict' ? VERDICTS[stands.kind] : 'changed'
}

function yoursInWords({ before, after }: Change): string {
  if (after?.type === 'verdict') return `the pick you ${VERDICTS[after.kind]}`
  if (!after)
    return before?.type === 'verdict'
      ? 'the pick whose verdict you cleared'
      : `the ${before?.type ?? 'mark'} you erased`
  const moved = after.type === 'label' && before?.type === 'label' && before.kind === after.kind
  return `the ${after.type} you ${moved ? 'moved' : 'changed'}`
}

/** What is there in place of what this person wanted: the mark itself, or somebody's verdict on the same pick. */
function standing(state: ProjectState, change: Change): Mark | null {
  const wanted = markOf(change)
  if (!wanted) return null
  const same = state.marks.get(wanted.id)
  return same ?? (wanted.type === 'verdict' ? verdictAt(state, wanted) : null)
}

function verdictAt(state: ProjectState, { micrograph, x, y }: Verdict): Mark | null {
  return state.marks.of(micrograph).verdicts.findLast(each => each.x === x && each.y === y) ?? null
}

function nameOf(state: ProjectState, user: number | null): string {
  return (user !== null && state.names.peek().get(user)) || 'Somebody'
}
