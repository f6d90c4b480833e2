import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import type { Averages } from '../../desk/averages/averages'
import type { Averages as AveragesRow } from '../../wire'
import { useAction } from '../kit/action'
import { Dialog } from '../kit/dialog'
import { Button, ErrorNote, IconButton } from '../kit/ui'

/** Deletes averages for everyone, after a question. */
export function RemoveAverages({ averages, row }: { averages: Averages; row: AveragesRow }): JSX.Element {
  const asks = useSignal(false)
  const { busy, error, run } = useAction()
  const ask = (open: boolean) => (): void => {
    asks.value = open
  }
  return (
    <>
      <IconButton
        icon="trash"
        label="Delete these averages"
        onClick={ask(true)}
        data-testid="remove-averages"
      />
      {asks.value && (
        <Dialog title="Delete averages" close={ask(false)}>
          <p>
            Averages {row.number} will be deleted for everyone. Picks that were accepted or rejected stay as
            they are.
          </p>
          {error && <ErrorNote>{error}</ErrorNote>}
          <footer class="dialog-foot">
            <Button onClick={ask(false)}>Keep them</Button>
            <Button
              kind="danger"
              disabled={busy}
              onClick={() => void run(() => averages.remove(row))}
              data-testid="confirm-remove-averages"
            >
              Delete
            </Button>
          </footer>
        </Dialog>
      )}
    </>
  )
}
