import type { JSX } from 'preact'
import { useEffect } from 'preact/hooks'
import { KIND_NAMES } from '../../canvas/style'
import type { Desk } from '../../desk/desk'
import { type Answer, labelsOf, mayAnswer } from '../../model/queue/difference'
import type { LabelDifference } from '../../wire'
import { plural } from '../kit/format'
import { Avatar, Button, IconButton } from '../kit/ui'

type SettleDesk = Pick<Desk, 'state' | 'settling'>

/** What differs, of two people by their names. */
const QUESTIONS = {
  only_first: (first: string, second: string) => `${first} has a particle here, ${second} has none.`,
  only_second: (first: string, second: string) => `${second} has a particle here, ${first} has none.`,
  kind: () => 'They gave this position different labels.',
  apart: () => 'Their particle centres do not coincide.',
} as const

/** The difference that is looked at: who says what, and which of it is to stay. */
export function SettleBar({ desk, focus }: { desk: SettleDesk; focus: () => void }): JSX.Element | null {
  const { settling } = desk
  const active = settling.active.value
  useEffect(() => {
    if (active) focus() // else Enter would press the button by which it was begun
  }, [active])
  if (!active) return null
  const difference = settling.difference.value
  return (
    <section class="walk" aria-label="Settle differences" data-testid="settle">
      <IconButton
        class="walk-close"
        icon="close"
        label="Leave (Esc)"
        onClick={() => settling.leave()}
        data-testid="settle-leave"
      />
      {difference ? <Asking desk={desk} difference={difference} /> : <AtTheEnd desk={desk} />}
    </section>
  )
}

function Asking({ desk, difference }: { desk: SettleDesk; difference: LabelDifference }): JSX.Element {
  const { settling } = desk
  const { differences, people } = settling.found.value
  const [first = '', second = ''] = people.map(person => desk.state.name(person))
  const two = labelsOf(difference).length > 1
  return (
    <>
      <p class="walk-line" aria-live="polite" data-testid="settle-at">
        <strong>
          {settling.at.value + 1} of {differences.length}
        </strong>{' '}
        {QUESTIONS[difference.what](first, second)}
      </p>
      <div class="walk-line">
        <Side desk={desk} difference={difference} side="first" />
        <Side desk={desk} difference={difference} side="second" />
        {two && mayAnswer(difference, 'both') && (
          <Choose settling={settling} answer="both" text="Both" shown="Enter" />
        )}
        {two && <Choose settling={settling} answer="neither" text="Neither" shown="Del" />}
        <Button
          kind="quiet"
          disabled={settling.at.value === 0}
          onClick={() => settling.go(-1)}
          data-testid="settle-back"
        >
          Back <kbd>←</kbd>
        </Button>
        <Button kind="quiet" onClick={() => settling.go(1)} data-testid="settle-skip">
          Skip <kbd>S</kbd>
        </Button>
      </div>
    </>
  )
}

interface SideProps {
  desk: SettleDesk
  difference: LabelDifference
  side: 'first' | 'second'
}

function Side({ desk, difference, side }: SideProps): JSX.Element {
  const person = desk.settling.found.value.people[side === 'first' ? 0 : 1] ?? 0
  const name = desk.state.name(person)
  const label = difference[side]
  const said = label ? KIND_NAMES[label.kind].toLowerCase() : 'nothing'
  return (
    <span class="settle-side">
      <Avatar id={person} name={name} />
      <Choose
        settling={desk.settling}
        answer={side}
        text={`${name}: ${said}`}
        shown={side === 'first' ? 'A' : 'B'}
      />
    </span>
  )
}

interface ChooseProps {
  settling: Desk['settling']
  answer: Answer
  text: string
  shown: string
}

function Choose({ settling, answer, text, shown }: ChooseProps): JSX.Element {
  const said = settling.answers.value[settling.at.value] === answer
  return (
    <Button
      class={said ? 'walk-said' : ''}
      aria-pressed={said}
      onClick={() => settling.answer(answer)}
      data-testid={`settle-${answer}`}
    >
      {text} <kbd>{shown}</kbd>
    </Button>
  )
}

function AtTheEnd({ desk: { settling } }: { desk: SettleDesk }): JSX.Element {
  const left = settling.left.value
  return (
    <>
      <p class="walk-line" aria-live="polite" data-testid="settle-at">
        <strong>That was the last one.</strong>{' '}
        {left === 0 ? 'All are settled.' : `${plural(left, 'difference')} left.`}
      </p>
      <div class="walk-line">
        <Button
          kind="primary"
          disabled={settling.busy.value}
          onClick={() => void settling.next()}
          data-testid="settle-next"
        >
          Next micrograph
        </Button>
        <Button kind="quiet" onClick={() => settling.go(-1)} data-testid="settle-back">
          Back <kbd>←</kbd>
        </Button>
      </div>
    </>
  )
}
