import type { JSX } from 'preact'
import type { Desk } from '../../desk/desk'
import { FAR_WORDS } from '../../model/queue/far'
import type { Assignment, Micrograph } from '../../wire'
import { duration } from '../kit/format'
import { Button } from '../kit/ui'

/** The open micrograph: whose it is, and what this person can do about that. */
export function OpenMicrograph({ desk }: { desk: Desk }): JSX.Element | null {
  const row = desk.micrograph.value
  const { queue } = desk.state
  if (!row || row.excluded || !queue.used.value) return null
  const own = desk.turns.own.value
  const others = queue.holders(row.id).filter(work => work !== own)
  return (
    <section class="section" aria-label="This micrograph" data-testid="queue-open">
      <div class="panel-title">
        <h2>This micrograph</h2>
        <span class="panel-note">{row.double ? 'for two people' : ''}</span>
      </div>
      {own ? <Own desk={desk} row={row} own={own} /> : queue.free(row) && <Free desk={desk} row={row} />}
      {others.map(work => (
        <p key={work.id} class="hint">
          {desk.state.name(work.user)}: {FAR_WORDS[queue.farOf(work) ?? 'to_do']}
        </p>
      ))}
    </section>
  )
}

function Own({ desk, row, own }: { desk: Desk; row: Micrograph; own: Assignment }): JSX.Element {
  const { turns } = desk
  if (own.done_at)
    return (
      <>
        <p data-testid="queue-own-state">
          You are done with it, after {duration(own.seconds_worked)} of work
          {own.reviewed_by ? `; ${desk.state.name(own.reviewed_by)} has reviewed it.` : '.'}
        </p>
        <Button onClick={() => void turns.done()} data-testid="queue-reopen">
          Reopen
        </Button>
      </>
    )
  return (
    <>
      {own.sent_back && <p class="queue-reason">{own.sent_back}</p>}
      <div class="queue-buttons">
        <Button
          kind="primary"
          icon="check"
          title="Done with this micrograph, and the next of yours (Y)"
          onClick={() => void turns.doneAndNext()}
          data-testid="queue-done-next"
        >
          Done and next
        </Button>
        <Button
          title="Done with this micrograph (Shift Y)"
          onClick={() => void turns.done()}
          data-testid="queue-done"
        >
          Done
        </Button>
        <Button
          kind="quiet"
          disabled={own.claimed_at === null}
          title={own.assigned ? 'Do it later: it stays yours' : 'Others may take it'}
          onClick={() => void turns.giveBack(row.id)}
          data-testid="queue-give-back"
        >
          Give back
        </Button>
      </div>
    </>
  )
}

function Free({ desk, row }: { desk: Desk; row: Micrograph }): JSX.Element {
  return (
    <div class="queue-buttons">
      <Button onClick={() => void desk.turns.claim(row.id)} data-testid="queue-claim">
        Take this one
      </Button>
      <Button
        kind="quiet"
        icon="check"
        title="Done with this micrograph (Shift Y)"
        onClick={() => void desk.turns.done()}
      >
        Done already
      </Button>
    </div>
  )
}
