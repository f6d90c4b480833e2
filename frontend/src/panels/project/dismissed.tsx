import type { ComponentChildren, JSX } from 'preact'
import type { Sync } from '../../live/sync'
import { Brand } from '../brand'
import { dismissalTitle, keptText } from '../kit/format'
import { Button, Empty } from '../kit/ui'

/** In place of a project that did not open. */
export function Unavailable({ reason }: { reason: string }): JSX.Element {
  return (
    <Notice title={dismissalTitle('projects')} reason={reason}>
      <AllProjects />
    </Notice>
  )
}

/** Shown in place of a project from which the server disconnected this page. */
export function Dismissed({ id, sync }: { id: number; sync: Sync }): JSX.Element | null {
  const dismissal = sync.dismissed.value
  if (!dismissal) return null
  const { reason, offer } = dismissal
  return (
    <Notice title={dismissalTitle(offer)} reason={reason}>
      {sync.waiting.value > 0 && <p data-testid="kept">{keptText(sync.waiting.value)}</p>}
      {offer === 'sign_in' ? (
        <a class="button button-primary" href={`/signin?next=/projects/${id}`} data-testid="sign-in-again">
          Sign in
        </a>
      ) : offer === 'reload' ? (
        <Button kind="primary" onClick={() => location.reload()} data-testid="reload">
          Reload
        </Button>
      ) : (
        offer === 'projects' && <AllProjects />
      )}
    </Notice>
  )
}

interface NoticeProps {
  readonly title: string
  readonly reason: string
  readonly children: ComponentChildren
}

function Notice({ title, reason, children }: NoticeProps): JSX.Element {
  return (
    <div class="page" data-testid="dismissed">
      <header class="bar">
        <Brand />
      </header>
      <main class="projects">
        <Empty title={title}>
          <p>{reason}</p>
          {children}
        </Empty>
      </main>
    </div>
  )
}

function AllProjects(): JSX.Element {
  return (
    <a class="button button-primary" href="/">
      All projects
    </a>
  )
}
