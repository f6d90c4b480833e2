import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { removeMicrograph } from '../../api/projects'
import type { Micrograph } from '../../wire'
import { useAction } from '../kit/action'
import { Dialog } from '../kit/dialog'
import { Button, ErrorNote, IconButton } from '../kit/ui'

/** Takes a micrograph out of the project, after asking. */
export function RemoveMicrograph({ row }: { row: Micrograph }): JSX.Element {
  const asking = useSignal(false)
  const { busy, error, run } = useAction()
  const close = (): void => {
    asking.value = false
  }
  return (
    <>
      <IconButton
        icon="trash"
        label={`Remove ${row.name}`}
        onClick={() => {
          asking.value = true
        }}
        data-testid="remove-micrograph"
      />
      {asking.value && (
        <Dialog title="Remove micrograph" close={close}>
          <p>
            {row.name} will be removed from the project with all its labels, verdicts and picks. A file used
            in place on the server is not deleted.
          </p>
          {error && <ErrorNote>{error}</ErrorNote>}
          <footer class="dialog-foot">
            <Button onClick={close}>Keep it</Button>
            <Button
              kind="danger"
              disabled={busy}
              onClick={() => void run(async () => void (await removeMicrograph(row.id)))}
              data-testid="confirm-remove"
            >
              Remove
            </Button>
          </footer>
        </Dialog>
      )}
    </>
  )
}
