import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { changeMicrograph } from '../api/micrographs'
import type { Micrograph } from '../model/types'
import { useAction } from './action'
import { Dialog } from './dialog'
import { Button, ErrorNote, IconButton } from './ui'

/** A button that opens what people say of a micrograph: a flag, a note, and whether it takes part at all. */
export function MicrographButton({ row }: { row: Micrograph }): JSX.Element {
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
      {open.value && <MicrographDialog row={row} close={() => (open.value = false)} />}
    </>
  )
}

function MicrographDialog({ row, close }: { row: Micrograph; close: () => void }): JSX.Element {
  const flagged = useSignal(row.flagged)
  const excluded = useSignal(row.excluded)
  const note = useSignal(row.note)
  const { busy, error, run } = useAction()
  const save = async (): Promise<void> => {
    await changeMicrograph(row.id, {
      flagged: flagged.value,
      excluded: excluded.value,
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
        <span>Flagged, to be looked at again</span>
      </label>
      <label class="check">
        <input
          type="checkbox"
          checked={excluded.value}
          onChange={event => (excluded.value = event.currentTarget.checked)}
          data-testid="excluded"
        />
        <span>Excluded: left out of training, picking and downloads. Its labels stay.</span>
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
