import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import type { SharedSettings } from '../../live/shared-settings'
import type { Micrograph } from '../../wire'
import { useAction } from '../kit/action'
import { Dialog } from '../kit/dialog'
import { Button, ErrorNote, IconButton } from '../kit/ui'

interface Props {
  shared: SharedSettings
  row: Micrograph
  close: () => void
}

/** A button that opens what people say of a micrograph: a flag, a note, and whether it takes part at all. */
export function MicrographButton({ shared, row }: Omit<Props, 'close'>): JSX.Element {
  const open = useSignal(false)
  return (
    <>
      <IconButton
        icon="flag"
        label={`Flag, exclude or note on ${row.name}`}
        onClick={() => {
          open.value = true
        }}
        data-testid="micrograph-settings"
      />
      {open.value && <MicrographDialog shared={shared} row={row} close={() => (open.value = false)} />}
    </>
  )
}

function MicrographDialog({ shared, row, close }: Props): JSX.Element {
  const flagged = useSignal(row.flagged)
  const excluded = useSignal(row.excluded)
  const note = useSignal(row.note)
  const { busy, error, run } = useAction()
  const save = async (): Promise<void> => {
    await shared.change(row.id, {
      excluded: excluded.value,
      flagged: flagged.value,
      note: note.value.trim(),
    })
    close()
  }
  return (
    <Dialog title={row.name} close={close}>
      <label class="check">
        <input
          type="checkbox"
          checked={flagged.value}
          onChange={event => (flagged.value = event.currentTarget.checked)}
          data-testid="flagged"
        />
        <span>Flagged for review</span>
      </label>
      <label class="check">
        <input
          type="checkbox"
          checked={excluded.value}
          onChange={event => (excluded.value = event.currentTarget.checked)}
          data-testid="excluded"
        />
        <span>Excluded from training, picking and downloads. Its labels are kept.</span>
      </label>
      <label class="field">
        <span class="field-label">Note</span>
        <textarea
          class="input micrograph-note"
          rows={3}
          maxLength={1000}
          value={note}
          onInput={event => (note.value = event.currentTarget.value)}
          placeholder="Cracked ice, drift, …"
          data-testid="note"
        />
      </label>
      {error && <ErrorNote>{error}</ErrorNote>}
      <footer class="dialog-foot">
        <Button onClick={close}>Cancel</Button>
        <Button kind="primary" disabled={busy} onClick={() => void run(save)} data-testid="save-micrograph">
          Save
        </Button>
      </footer>
    </Dialog>
  )
}
