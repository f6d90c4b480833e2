import type { JSX } from 'preact'
import type { Desk } from '../../desk/desk'
import { Dialog } from '../kit/dialog'
import { Button } from '../kit/ui'
import { WatchedRow } from './watched-row'

interface Props {
  desk: Pick<Desk, 'id' | 'state' | 'dialog'>
  close: () => void
}

/** A live session: the folders that are watched for new micrographs, and how far picking is behind the microscope. */
export function LiveDialog({ desk, close }: Props): JSX.Element {
  const rows = desk.state.watched.value
  const running = rows.filter(row => row.stopped_at === null)
  const stopped = rows.filter(row => row.stopped_at !== null).reverse()
  const edit = desk.state.mayRun.value
  return (
    <Dialog title="Live session" close={close} size="wide">
      <p class="hint">
        New micrographs are imported once they are written completely, and picked with the current networks.
        Watching goes on while nobody looks, and catches up after a restart of the server.
      </p>
      {running.map(row => (
        <WatchedRow key={row.id} project={desk.id} watched={row} mayRun={edit} />
      ))}
      {running.length === 0 && <p>No folder is being watched.</p>}
      {stopped.length > 0 && (
        <details class="live-stopped">
          <summary>Stopped ({stopped.length})</summary>
          {stopped.map(row => (
            <WatchedRow key={row.id} project={desk.id} watched={row} mayRun={edit} />
          ))}
        </details>
      )}
      <footer class="dialog-foot">
        {edit && (
          <Button
            icon="folder"
            onClick={() => {
              desk.dialog.value = 'folders'
            }}
            data-testid="watch-another"
          >
            Watch a folder …
          </Button>
        )}
        <span class="bar-space" />
        <Button kind="primary" onClick={close}>
          Done
        </Button>
      </footer>
    </Dialog>
  )
}
