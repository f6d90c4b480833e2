import type { JSX } from 'preact'
import type { Desk } from '../../desk/desk'
import { useAction } from '../kit/action'
import { Avatar, Button, ErrorNote } from '../kit/ui'
import { AddMember } from './add-member'
import { Invitations } from './invitations'
import { MemberRow } from './member-row'
import { SharedLinks } from './shared-links'

/** Who is in the project, those who are here now first. */
export function PeopleTab({ desk }: { desk: Desk }): JSX.Element {
  const action = useAction()
  const { id, state } = desk
  const here = new Map(state.people.value.map(person => [person.id, person]))
  const members = state.members.value.toSorted((a, b) => Number(here.has(b.id)) - Number(here.has(a.id)))
  const away = members.filter(({ id }) => !here.has(id))
  const guests = state.people.value.filter(({ id }) => !members.some(member => member.id === id))
  return (
    <div class="panel-scroll">
      <section class="section">
        <div class="panel-title">
          <h2>People</h2>
          <span class="panel-note" data-testid="people-here">
            {members.length - away.length} of {members.length} here
          </span>
        </div>
        <ul class="members" data-testid="members">
          {members.map(member => (
            <MemberRow
              key={member.id}
              desk={desk}
              member={member}
              here={here.get(member.id) ?? null}
              action={action}
            />
          ))}
          {guests.map(({ id, username, micrograph }) => (
            <li key={id} class="member member-here" data-testid="guest">
              <Avatar id={id} name={username} />
              <span class="member-name" title={username}>
                {username}
                <span class="member-where">{state.micrograph(micrograph)?.name ?? 'here'}</span>
              </span>
              <span class="text-faint">view only</span>
            </li>
          ))}
        </ul>
        {action.error && <ErrorNote>{action.error}</ErrorNote>}
        <label class="check" title="Their pointers, and the outlines of what they see">
          <input
            type="checkbox"
            checked={desk.settings.value.cursors}
            onChange={event => desk.set({ cursors: event.currentTarget.checked })}
            data-testid="show-cursors"
          />
          Show others’ cursors
        </label>
        <Button
          icon="target"
          title="Then press on the place: everyone sees a ring there. Or point at it and press Shift J."
          aria-pressed={desk.tool.value === 'point'}
          disabled={desk.current.value === null}
          onClick={() => {
            desk.tool.value = desk.tool.peek() === 'point' ? 'select' : 'point'
          }}
          data-testid="point-at"
        >
          Point at a place <kbd>Shift J</kbd>
        </Button>
      </section>
      {state.mayManage.value ? (
        <>
          <section class="section">
            <AddMember project={id} owns={state.mayOwn.value} />
          </section>
          <Invitations project={id} state={state} />
          <SharedLinks project={id} state={state} />
        </>
      ) : (
        <section class="section">
          <p class="hint">Managers and owners can add people, change roles and share links.</p>
        </section>
      )}
    </div>
  )
}
