import type { JSX } from 'preact'
import type { Desk } from '../../desk/desk'
import { useAction } from '../kit/action'
import { ErrorNote } from '../kit/ui'
import { AddMember } from './add-member'
import { Invitation } from './invitation'
import { MemberRow } from './member-row'

/** Who is in the project, those who are here now first. */
export function PeopleTab({ desk }: { desk: Desk }): JSX.Element {
  const action = useAction()
  const { id, state } = desk
  const here = new Map(state.people.value.map(person => [person.id, person]))
  const members = state.members.value.toSorted((a, b) => Number(here.has(b.id)) - Number(here.has(a.id)))
  return (
    <div class="panel-scroll">
      <section class="section">
        <div class="panel-title">
          <h2>People</h2>
          <span class="panel-note" data-testid="people-here">
            {here.size} of {members.length} here
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
      </section>
      <section class="section">
        {state.mayManage.value ? (
          <>
            <AddMember project={id} owns={state.mayOwn.value} />
            <Invitation project={id} owns={state.mayOwn.value} />
          </>
        ) : (
          <p class="hint">Managers and owners can add people and change roles.</p>
        )}
      </section>
    </div>
  )
}
