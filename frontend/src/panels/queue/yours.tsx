import type { JSX } from 'preact'
import type { Desk } from '../../desk/desk'
import type { TakingOrder } from '../../desk/turns'
import { FAR_WORDS } from '../../model/queue/far'
import type { Assignment } from '../../wire'
import { Choice } from '../kit/choice'
import { plural } from '../kit/format'
import { Button } from '../kit/ui'
import { QueueRow } from './queue-row'

const ORDERS: Readonly<Record<TakingOrder, string>> = {
  name: 'Unassigned, by name',
  teach: 'Unassigned, most informative first',
}
/** More of one's own than this are a number. */
const MOST = 30

/** What this person is to do, and the next of it. */
export function Yours({ desk }: { desk: Desk }): JSX.Element {
  const { turns, state } = desk
  const mine = state.queue.mine.value
  const more = mine.length - MOST
  return (
    <section class="section" aria-label="Yours">
      <div class="panel-title">
        <h2>Yours</h2>
        <span class="panel-note" data-testid="queue-mine">
          {mine.length === 0 ? 'nothing in hand' : plural(mine.length, 'micrograph')}
        </span>
      </div>
      <Button
        kind="primary"
        icon="next"
        class="queue-next"
        title="Next micrograph of yours, or one that is free (Shift N)"
        onClick={() => void turns.next()}
        data-testid="queue-next"
      >
        Next
      </Button>
      <Choice
        label="Which free micrographs come first"
        values={ORDERS}
        value={turns.order.value}
        set={order => {
          turns.order.value = order
        }}
        testid="queue-order"
      />
      {mine.length > 0 && (
        <ul class="queue-list">
          {mine.slice(0, MOST).map(work => (
            <Mine key={work.id} desk={desk} work={work} />
          ))}
          {more > 0 && <li class="panel-note">and {more} more</li>}
        </ul>
      )}
    </section>
  )
}

function Mine({ desk, work }: { desk: Desk; work: Assignment }): JSX.Element {
  return (
    <li>
      <QueueRow desk={desk} work={work} testid="queue-own">
        {work.sent_back ? 'sent back' : FAR_WORDS[desk.state.queue.farOf(work) ?? 'to_do']}
      </QueueRow>
      {work.sent_back && <p class="queue-reason">{work.sent_back}</p>}
    </li>
  )
}
