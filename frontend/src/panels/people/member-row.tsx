import type { JSX } from 'preact'
import { useLocation } from 'preact-iso'
import { changeMember, removeMember } from '../../api/members'
import type { Desk } from '../../desk/desk'
import { type Member, type Person, ROLES } from '../../wire'
import type { Action } from '../kit/action'
import { Avatar, Button, classes, IconButton } from '../kit/ui'
import { RoleChoice } from './role-choice'

interface Props {
  desk: Pick<Desk, 'id' | 'state' | 'presence'>
  member: Member
  /** As they are here now; null where they are not. */
  here: Person | null
  action: Action
}

/** A member: where they are, what they may do, and what managers may do with them. */
export function MemberRow({ desk, member, here, action }: Props): JSX.Element {
  const { id: project, state } = desk
  const { route } = useLocation()
  const { id, username, role } = member
  const me = state.you.value?.id === id
  const owns = state.mayOwn.value
  const mayManage = state.mayManage.value && (owns || !ROLES[role].owns)
  const remove = async (): Promise<void> => {
    if (!(await action.run(async () => void (await removeMember(project, id)))) || !me) return
    route('/')
  }
  return (
    <li class={classes('member', here && 'member-here')} data-testid="member" data-name={username}>
      <Avatar id={id} name={username} />
      <span class="member-name" title={username}>
        {username} {me && <span class="text-faint">(you)</span>}
        <Where desk={desk} here={here} me={me} />
      </span>
      {here && !me && <Follow presence={desk.presence} person={here} />}
      {mayManage ? (
        <RoleChoice
          label={`Role of ${username}`}
          owns={owns}
          role={role}
          change={to => void action.run(async () => void (await changeMember(project, id, to)))}
          testid="member-role"
        />
      ) : (
        <span class="text-faint">{role}</span>
      )}
      {me && <Button onClick={() => void remove()}>Leave</Button>}
      {mayManage && !me && (
        <IconButton icon="close" label={`Remove ${username}`} onClick={() => void remove()} />
      )}
    </li>
  )
}

/** Where somebody is; a press goes there. */
function Where({ desk, here, me }: Pick<Props, 'desk' | 'here'> & { me: boolean }): JSX.Element {
  const name = desk.state.micrograph(here?.micrograph ?? null)?.name
  if (!here || !name || me) return <span class="member-where">{where(name, here)}</span>
  return (
    <button
      type="button"
      class="member-where member-go"
      title={`Go to where ${here.username} is`}
      onClick={() => desk.presence.go(here.id)}
      data-testid="member-go"
    >
      {where(name, here)}
    </button>
  )
}

function Follow({ presence, person }: { presence: Desk['presence']; person: Person }): JSX.Element {
  const on = presence.following.value === person.id
  return (
    <Button
      kind="quiet"
      title={on ? 'Stop following (Esc)' : `Keep your view with that of ${person.username}`}
      aria-pressed={on}
      onClick={() => (on ? presence.leave() : presence.follow(person.id))}
      data-testid="member-follow"
    >
      {on ? 'Following' : 'Follow'}
    </Button>
  )
}

function where(micrograph: string | undefined, here: Person | null): string {
  if (!here) return 'not here now'
  return micrograph ? `on ${micrograph}` : 'here'
}
