import type { JSX } from 'preact'
import type { Desk } from '../../desk/desk'
import type { Sync } from '../../live/sync'
import type { ProjectState } from '../../model/project'
import { AccountMenu } from '../account/account-menu'
import { Brand } from '../brand'
import { connectionText } from '../kit/format'
import { Avatar, Button, classes, IconButton } from '../kit/ui'

export function Header({ desk }: { desk: Pick<Desk, 'state' | 'sync' | 'dialog'> }): JSX.Element {
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
      <People state={state} />
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

const WAITING = {
  offline: 'Keep working: nothing is lost',
  full: 'Keep this page open: your changes are sent once there is space. Tell your administrator.',
} as const

function ConnectionChip({ sync }: { sync: Sync }): JSX.Element {
  const { connection: socket, stalled, waiting } = sync
  const full = stalled.value === 'disk full'
  const connection = stalled.value && socket.value === 'live' ? 'offline' : socket.value
  return (
    <span
      class={classes('chip', `chip-${connection}`)}
      role="status"
      data-testid="connection"
      data-state={connection}
      title={connection === 'live' ? 'Changes reach everyone at once' : WAITING[full ? 'full' : 'offline']}
    >
      {connectionText(full ? 'full' : connection, waiting.value)}
    </span>
  )
}

function People({ state }: { state: ProjectState }): JSX.Element {
  const people = state.people.value
  return (
    <span class="faces" data-testid="people">
      {people.slice(0, 6).map(person => {
        const where = state.micrograph(person.micrograph)?.name
        return (
          <Avatar
            key={person.id}
            id={person.id}
            name={person.username}
            note={where ? `looking at ${where}` : 'here'}
          />
        )
      })}
      {people.length > 6 && <span class="more">+{people.length - 6}</span>}
    </span>
  )
}
