import type { JSX } from 'preact'
import type { Desk } from '../../desk/desk'
import type { Sync } from '../../live/sync'
import { AccountMenu } from '../account/account-menu'
import { Brand } from '../brand'
import { connectionText } from '../kit/format'
import { Avatar, Button, classes, IconButton } from '../kit/ui'

export function Header({
  desk,
}: {
  desk: Pick<Desk, 'state' | 'sync' | 'dialog' | 'presence'>
}): JSX.Element {
  const { state } = desk
  const project = state.project.value
  const open = (dialog: NonNullable<Desk['dialog']['value']>) => (): void => {
    desk.dialog.value = dialog
  }
  return (
    <header class="bar">
      <Button class="skip" onClick={() => document.getElementById('stage')?.focus()}>
        Skip to the micrograph
      </Button>
      <Brand />
      <span class="bar-line" />
      <h1 class="bar-title" title={project?.name} data-testid="project-title">
        {project?.name}
      </h1>
      {project?.archived && <span class="badge">Archived</span>}
      {!state.mayEdit.value && (
        <span class="badge" title={state.locked.value}>
          View only
        </span>
      )}
      <span class="bar-space" />
      <ConnectionChip sync={desk.sync} />
      <People desk={desk} />
      {state.mayManage.value && (
        <IconButton
          icon="settings"
          label="Project settings"
          onClick={open('settings')}
          data-testid="open-settings"
        />
      )}
      <IconButton
        icon="keyboard"
        label="Keyboard shortcuts (?)"
        onClick={open('keys')}
        data-testid="open-keys"
      />
      <Button icon="download" onClick={open('export')} data-testid="open-export">
        Download
      </Button>
      <span class="bar-line" />
      <AccountMenu />
    </header>
  )
}

const REACHES = 'Changes reach everyone at once'
const WAITING = 'Keep working: nothing is lost'
const FULL = 'Keep this page open: your changes are sent once there is space. Tell your administrator.'

function ConnectionChip({ sync }: { sync: Sync }): JSX.Element {
  const reach = sync.reach.value
  return (
    <span
      class={classes('chip', `chip-${reach}`)}
      role="status"
      data-testid="connection"
      data-state={reach}
      title={reach === 'live' ? REACHES : reach === 'full' ? FULL : WAITING}
    >
      {connectionText(reach, sync.waiting.value)}
    </span>
  )
}

/** Who is here. A press on a face goes where that person is. */
function People({ desk }: { desk: Pick<Desk, 'state' | 'presence'> }): JSX.Element {
  const { state, presence } = desk
  const people = state.people.value
  return (
    <span class="faces" data-testid="people">
      {people.slice(0, 6).map(({ id, username, micrograph }) => {
        const where = state.micrograph(micrograph)?.name
        const note = where ? `looking at ${where}` : 'here'
        const face = <Avatar key={id} id={id} name={username} note={note} />
        if (id === state.you.value?.id) return face
        const label = `Go to ${username}${where ? `, who looks at ${where}` : ''}`
        return (
          <button
            key={id}
            type="button"
            class={classes('face', presence.following.value === id && 'face-followed')}
            title={label}
            onClick={() => presence.go(id)}
            data-testid={`go-to-${username}`}
          >
            {face}
          </button>
        )
      })}
      {people.length > 6 && <span class="more">+{people.length - 6}</span>}
    </span>
  )
}
