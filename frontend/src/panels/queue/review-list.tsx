import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import type { Desk } from '../../desk/desk'
import type { Assignment } from '../../wire'
import { duration } from '../kit/format'
import { Button } from '../kit/ui'
import { QueueRow } from './queue-row'

/** More than these are a number. */
const MOST = 30

/** What others have finished: look at it, then accept it or send it back. */
export function ReviewList({ desk }: { desk: Desk }): JSX.Element | null {
  const waiting = desk.state.queue.toReview.value
  if (waiting.length === 0 || !desk.state.mayEdit.value) return null
  return (
    <section class="section" aria-label="To review" data-testid="queue-review">
      <div class="panel-title">
        <h2>To review</h2>
        <span class="panel-note">{waiting.length} done by others</span>
      </div>
      <ul class="queue-list">
        {waiting.slice(0, MOST).map(work => (
          <Reviewed key={work.id} desk={desk} work={work} />
        ))}
        {waiting.length > MOST && <li class="panel-note">and {waiting.length - MOST} more</li>}
      </ul>
    </section>
  )
}

/** The same function each time: only a new field takes the focus. */
const focusIt = (input: HTMLInputElement | null): void => input?.focus()

function Reviewed({ desk, work }: { desk: Desk; work: Assignment }): JSX.Element {
  const { state, turns } = desk
  const reason = useSignal<string | null>(null)
  const open = desk.current.value === work.micrograph
  const name = state.name(work.user)
  return (
    <li>
      <QueueRow desk={desk} work={work} testid="queue-reviewable">
        {name}, {duration(work.seconds_worked)}
      </QueueRow>
      {open && reason.value === null && (
        <div class="queue-buttons">
          <Button icon="check" onClick={() => void turns.review(work, null)} data-testid="queue-accept">
            Accept
          </Button>
          <Button
            kind="quiet"
            onClick={() => {
              reason.value = ''
            }}
            data-testid="queue-send-back"
          >
            Send back
          </Button>
        </div>
      )}
      {open && reason.value !== null && (
        <form
          class="queue-buttons"
          onSubmit={event => {
            event.preventDefault()
            void turns.review(work, reason.peek())
          }}
        >
          <input
            class="input"
            ref={focusIt}
            value={reason.value}
            maxLength={1000}
            required
            aria-label={`What ${name} is to do again`}
            placeholder={`What ${name} is to do again`}
            onInput={event => {
              reason.value = event.currentTarget.value
            }}
            data-testid="queue-reason"
          />
          <Button type="submit" data-testid="queue-send">
            Send back
          </Button>
          <Button
            kind="quiet"
            onClick={() => {
              reason.value = null
            }}
          >
            Cancel
          </Button>
        </form>
      )}
    </li>
  )
}
