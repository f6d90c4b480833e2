import { computed } from '@preact/signals'
import type { Target } from '../../model/marks/hit'
import { judge } from '../../model/marks/judge'
import type { Step } from '../../model/undo/history'
import type { Desk } from '../desk'

/** Most picks judged in one step: each is an operation, an event and a message to everybody. */
const MOST_AT_ONCE = 5_000

const DONE = { accept: 'Accepted', reject: 'Rejected' } as const

export interface Judged {
  readonly micrograph: number
  readonly target: Target
  /** How well the pick fits the class of averages that it is judged with, 0–1. */
  readonly fit?: number
}

/** Judges many picks in one step of undo and says so, with what else there is to say; null where there is none. */
export function judgeMany(
  desk: Pick<Desk, 'editor' | 'state' | 'undo' | 'say'>,
  open: readonly Judged[],
  kind: 'accept' | 'reject',
  also = '',
): Step | null {
  const first = open[0]
  if (!first) {
    desk.say(`There is no pick to ${kind} here.${also}`)
    return null
  }
  const now = open.slice(0, MOST_AT_ONCE)
  const author = desk.state.you.peek()?.id ?? null
  const newId = (): string => crypto.randomUUID()
  const changes = now.flatMap(({ micrograph, target, fit }) =>
    judge(target, kind, { micrograph, author, newId }, fit === undefined ? {} : { fit }),
  )
  const step = desk.editor.commit(first.micrograph, changes)
  const more = open.length - now.length
  const left = more > 0 ? ` ${more.toLocaleString('en')} remain: one step takes no more than this.` : ''
  const over = computed(() => step === null || !desk.editor.history.holds(step))
  desk.say(
    `${DONE[kind]} ${now.length.toLocaleString('en')} ${now.length === 1 ? 'pick' : 'picks'}.${left}${also}`,
    'info',
    { label: 'Undo', run: () => void (step && desk.undo.back(step)) },
    over,
  )
  return step
}
