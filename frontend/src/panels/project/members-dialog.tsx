import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useLocation } from 'preact-iso'
import { addMember, changeMember, invite, removeMember } from '../../api/members'
import type { Desk } from '../../desk/desk'
import { type Member, ROLES, type Role } from '../../wire'
import { type Action, useAction } from '../kit/action'
import { Dialog } from '../kit/dialog'
import { say } from '../kit/toasts'
import { Avatar, Button, ErrorNote, Field, IconButton } from '../kit/ui'

interface RoleProps {
  label: string
  /** Whether this person may also give the role owner. */
  owns: boolean
  role: Role
  change: (role: Role) => void
  testid: string
}

function RoleChoice({ label, owns, role, change, testid }: RoleProps): JSX.Element {
  return (
    <select
      class="input"
      aria-label={label}
      value={role}
      onChange={event => change(event.currentTarget.value as Role)}
      data-testid={testid}
    >
      {(Object.keys(ROLES) as Role[]).map(key => (
        <option key={key} value={key} title={ROLES[key].title} disabled={ROLES[key].owns && !owns}>
          {key}
        </option>
      ))}
    </select>
  )
}

interface Props {
  desk: Pick<Desk, 'id' | 'state'>
  close: () => void
}

export function MembersDialog({ desk, close }: Props): JSX.Element {
  const action = useAction()
  const { id, state } = desk
  const mayManage = state.mayManage.value
  return (
    <Dialog title="Members" close={close}>
      <ul class="members" data-testid="members">
        {state.members.value.map(member => (
          <MemberRow key={member.id} desk={desk} member={member} action={action} close={close} />
        ))}
      </ul>
      {action.error && <ErrorNote>{action.error}</ErrorNote>}
      {mayManage ? (
        <>
          <AddMember project={id} owns={state.mayOwn.value} />
          <Invitation project={id} owns={state.mayOwn.value} />
        </>
      ) : (
        <p class="hint">Managers and owners can add people and change roles.</p>
      )}
    </Dialog>
  )
}

interface RowProps extends Props {
  member: Member
  action: Action
}

function MemberRow({ desk, member, action, close }: RowProps): JSX.Element {
  const { id: project, state } = desk
  const { route } = useLocation()
  const { id, username, role } = member
  const me = state.you.value?.id === id
  const owns = state.mayOwn.value
  const mayManage = state.mayManage.value && (owns || !ROLES[role].owns)
  const remove = async (): Promise<void> => {
    if (!(await action.run(async () => void (await removeMember(project, id)))) || !me) return
    close()
    route('/')
  }
  return (
    <li data-testid="member" data-name={username}>
      <Avatar id={id} name={username} />
      <span class="member-name" title={username}>
        {username} {me && <span class="text-faint">(you)</span>}
      </span>
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

interface AddProps {
  project: number
  owns: boolean
}

function AddMember({ project, owns }: AddProps): JSX.Element {
  const name = useSignal('')
  const role = useSignal<Role>('annotator')
  const { busy, error, run } = useAction()
  const submit = (event: Event): void => {
    event.preventDefault()
    void run(async () => {
      await addMember(project, name.value.trim(), role.value)
      name.value = ''
    })
  }
  return (
    <form class="form-line" onSubmit={submit}>
      <Field
        label="Add someone who has an account"
        text={name}
        placeholder="username"
        testid="add-member-name"
      />
      <RoleChoice
        label="Role"
        owns={owns}
        role={role.value}
        change={to => {
          role.value = to
        }}
        testid="add-member-role"
      />
      <Button type="submit" disabled={busy || name.value.trim() === ''} data-testid="add-member">
        Add
      </Button>
      {error && <ErrorNote>{error}</ErrorNote>}
    </form>
  )
}

function Invitation({ project, owns }: AddProps): JSX.Element {
  const role = useSignal<Role>('annotator')
  const url = useSignal('')
  const { busy, error, run } = useAction()
  const make = (): void =>
    void run(async () => {
      url.value = new URL((await invite(project, role.value)).url, location.href).href
    })
  const copy = (): void =>
    void navigator.clipboard.writeText(url.value).then(
      () => say('Invitation link copied.'),
      () => say('Your browser blocks copying. Select the link and copy it by hand.', 'error'),
    )
  return (
    <div class="form-line">
      <label class="field">
        <span class="field-label">Invite with a link; it works once</span>
        <input
          class="input"
          readOnly
          value={url}
          placeholder="for one person"
          onFocus={event => event.currentTarget.select()}
          data-testid="invitation-url"
        />
      </label>
      <RoleChoice
        label="Role of the invited person"
        owns={owns}
        role={role.value}
        change={to => {
          role.value = to
        }}
        testid="invitation-role"
      />
      {url.value ? (
        <Button icon="copy" onClick={copy} data-testid="copy-invitation">
          Copy
        </Button>
      ) : (
        <Button disabled={busy} onClick={make} data-testid="make-invitation">
          Make link
        </Button>
      )}
      {error && <ErrorNote>{error}</ErrorNote>}
    </div>
  )
}
