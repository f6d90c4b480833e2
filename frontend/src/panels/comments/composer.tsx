import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useEffect, useId, useRef } from 'preact/hooks'
import type { Desk } from '../../desk/desk'
import { fitting, nameAt } from '../../model/comments/text'
import type { Member } from '../../wire'
import { Button } from '../kit/ui'
import { NameList } from './name-list'

interface Props {
  desk: Pick<Desk, 'state'>
  label: string
  /** What the button says. */
  action: string
  text?: string
  /** What is typed, for when this is opened again. */
  keep?: (text: string) => void
  send: (text: string) => void
  cancel?: () => void
  focus?: boolean
  testid: string
}

/** The members who are offered, of whom one is chosen, and where the name begins that is being typed. */
interface Offer {
  readonly from: number
  readonly members: readonly Member[]
  readonly at: number
}

/** A field for a comment. An @ offers the names of members; Ctrl and Enter send it. */
export function Composer(props: Props): JSX.Element {
  const { desk, label, action, text = '', keep, send, cancel, focus = false, testid } = props
  const area = useRef<HTMLTextAreaElement>(null)
  const offer = useSignal<Offer | null>(null)
  const empty = useSignal(text.trim() === '')
  const id = useId()
  useEffect(() => {
    if (focus) area.current?.focus()
  }, [focus])

  const look = (): void => {
    const { value = '', selectionStart = 0 } = area.current ?? {}
    const name = nameAt(value, selectionStart)
    const members = name ? fitting(desk.state.members.peek(), name.begun) : []
    offer.value = name && members.length > 0 ? { from: name.from, members, at: 0 } : null
    empty.value = value.trim() === ''
    keep?.(value)
  }
  const take = (member: Member | undefined): void => {
    if (!area.current || !offer.value || !member) return
    area.current.setRangeText(`${member.username} `, offer.value.from, area.current.selectionStart, 'end')
    area.current.focus()
    look()
  }
  const submit = (): void => {
    if (!area.current || empty.value) return
    const words = area.current.value.trim()
    area.current.value = ''
    look() // first: what sending does to the words that are kept is to stand
    send(words)
  }
  const press = (event: KeyboardEvent): void => {
    const { value } = offer
    if (value && choose(event, value)) event.preventDefault()
    else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit()
    else if (event.key === 'Escape') cancel?.()
  }
  /** Says whether the key was for the list of names. */
  const choose = (event: KeyboardEvent, { members, at, ...rest }: Offer): boolean => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? members.length - 1 : 0
    if (step > 0) offer.value = { ...rest, members, at: (at + step) % members.length }
    else if ((event.key === 'Enter' && !event.ctrlKey) || event.key === 'Tab') take(members[at])
    else if (event.key === 'Escape') offer.value = null
    else return false
    return true
  }
  const { members, at } = offer.value ?? { members: [], at: 0 }
  return (
    <div class="composer">
      <textarea
        ref={area}
        class="input composer-text"
        aria-label={label}
        placeholder={label}
        title="@ names somebody; Ctrl Enter sends"
        aria-autocomplete="list"
        aria-controls={offer.value ? id : undefined}
        aria-activedescendant={offer.value ? `${id}-${at}` : undefined}
        rows={2}
        maxLength={desk.state.limits.value.comment}
        defaultValue={text}
        onInput={look}
        onKeyDown={press}
        onBlur={() => {
          offer.value = null
        }}
        data-testid={testid}
      />
      {offer.value && <NameList id={id} members={members} at={at} take={take} />}
      <div class="composer-foot">
        {cancel && (
          <Button kind="quiet" onClick={cancel}>
            Cancel
          </Button>
        )}
        <Button kind="primary" disabled={empty.value} onClick={submit} data-testid={`${testid}-send`}>
          {action}
        </Button>
      </div>
    </div>
  )
}
