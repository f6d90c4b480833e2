import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { invite } from '../../api/members'
import type { Role } from '../../wire'
import { useAction } from '../kit/action'
import { say } from '../kit/toasts'
import { Button, ErrorNote } from '../kit/ui'
import { RoleChoice } from './role-choice'

interface Props {
  project: number
  owns: boolean
}

export function Invitation({ project, owns }: Props): JSX.Element {
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
