import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useId } from 'preact/hooks'
import { shareOut } from '../../api/queue'
import type { Desk } from '../../desk/desk'
import { type Member, ROLES } from '../../wire'
import { useAction } from '../kit/action'
import { Choice } from '../kit/choice'
import { plural } from '../kit/format'
import { say } from '../kit/toasts'
import { Avatar, Button, ErrorNote, Field } from '../kit/ui'

type Which = 'all' | 'overview' | 'open'
type Order = 'name' | 'random'

const WHICH: Readonly<Record<Which, string>> = {
  all: 'All that are free',
  overview: 'Those that the overview shows',
  open: 'The open micrograph',
}
const ORDERS: Readonly<Record<Order, string>> = { name: 'In the order of names', random: 'At random' }

/** Managers give micrographs to people: each gets the next in turn. */
export function ShareOut({ desk }: { desk: Desk }): JSX.Element {
  const action = useAction()
  const heading = useId()
  const members = desk.state.members.value.filter(({ role }) => ROLES[role].annotates)
  const chosen = useSignal<ReadonlySet<number>>(new Set())
  const which = useSignal<Which>('all')
  const order = useSignal<Order>('name')
  const each = useSignal('')
  const seed = useSignal('1')
  const double = useSignal(false)
  const people = members.map(({ id }) => id).filter(id => chosen.value.has(id))
  const counted = [each.value || '1', seed.value].every(text => /^\d{1,9}$/.test(text))
  const flip = (id: number): void => {
    const now = new Set(chosen.peek())
    if (!now.delete(id)) now.add(id)
    chosen.value = now
  }
  const give = async (): Promise<void> => {
    const given = await shareOut(
      desk.id,
      {
        people,
        micrographs: micrographsOf(desk, which.peek()),
        each: each.peek() === '' ? null : Number(each.peek()),
        order: order.peek(),
        seed: Number(seed.peek()),
        double: double.peek(),
      },
      crypto.randomUUID(),
    )
    say(
      given.length > 0
        ? `${plural(given.length, 'micrograph')} assigned.`
        : 'None of these micrographs is free. Take some back first, or choose others.',
    )
  }
  return (
    <section class="section" aria-labelledby={heading} data-testid="queue-share">
      <h2 id={heading}>Assign micrographs</h2>
      <form
        class="queue-form"
        onSubmit={event => {
          event.preventDefault()
          void action.run(give)
        }}
      >
        <fieldset class="queue-members">
          <legend class="field-label">Evenly among</legend>
          {members.map(member => (
            <Chosen key={member.id} member={member} on={chosen.value.has(member.id)} flip={flip} />
          ))}
        </fieldset>
        <Choice
          label="Which micrographs"
          values={WHICH}
          value={which.value}
          set={value => {
            which.value = value
          }}
          testid="queue-which"
        />
        <Choice
          label="In which order"
          values={ORDERS}
          value={order.value}
          set={value => {
            order.value = value
          }}
          testid="queue-share-order"
        />
        {order.value === 'random' && (
          <Field
            label="Seed"
            text={seed}
            numeric
            hint="The same seed chooses the same micrographs."
            testid="queue-seed"
          />
        )}
        <Field label="At most for each person" text={each} numeric placeholder="all" testid="queue-each" />
        <label class="check">
          <input
            type="checkbox"
            checked={double.value}
            onChange={event => {
              double.value = event.currentTarget.checked
            }}
            data-testid="queue-double"
          />
          Each micrograph to two people
        </label>
        <Button
          type="submit"
          disabled={people.length === 0 || !counted || action.busy}
          title={people.length === 0 ? 'Choose people first' : counted ? '' : 'Enter whole numbers'}
          data-testid="queue-give"
        >
          Assign
        </Button>
        {action.error && <ErrorNote>{action.error}</ErrorNote>}
      </form>
    </section>
  )
}

interface ChosenProps {
  member: Member
  on: boolean
  flip: (id: number) => void
}

function Chosen({ member, on, flip }: ChosenProps): JSX.Element {
  return (
    <label class="check">
      <input type="checkbox" checked={on} onChange={() => flip(member.id)} data-testid="queue-member" />
      <Avatar id={member.id} name={member.username} />
      <span class="queue-name">{member.username}</span>
    </label>
  )
}

/** Null for all. */
function micrographsOf(desk: Desk, which: Which): number[] | null {
  if (which === 'all') return null
  const open = desk.micrograph.peek()
  return which === 'overview' ? desk.overview.list.peek().map(({ id }) => id) : open ? [open.id] : []
}
