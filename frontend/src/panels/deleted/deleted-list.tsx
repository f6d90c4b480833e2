import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import type { Deleted } from '../../wire'
import { useAction } from '../kit/action'
import { megabytes, plural, shortTime } from '../kit/format'
import { Button, ErrorNote } from '../kit/ui'

const DAY_MS = 24 * 3600 * 1000

interface Props {
  rows: readonly Deleted[]
  restore: (row: Deleted) => Promise<void>
  /** Null for those who may not. */
  deleteForGood: ((row: Deleted) => Promise<void>) | null
}

/** What was deleted, by whom and when, how long it stays, and the room it takes. */
export function DeletedList({ rows, restore, deleteForGood }: Props): JSX.Element {
  return (
    <ul class="deleted-list" data-testid="deleted">
      {rows.map(row => (
        <Row key={row.id} row={row} restore={restore} deleteForGood={deleteForGood} />
      ))}
    </ul>
  )
}

function Row({ row, restore, deleteForGood }: Omit<Props, 'rows'> & { row: Deleted }): JSX.Element {
  const asking = useSignal(false)
  const { busy, error, run } = useAction()
  const set = (value: boolean) => (): void => {
    asking.value = value
  }
  return (
    <li data-testid="deleted-row" data-name={row.name}>
      <span class="deleted-what">
        <b title={row.name}>{row.name}</b>
        <span class="hint">{said(row)}</span>
        {asking.value && <span class="text-warn">All its labels go too. This cannot be undone.</span>}
        {error && <ErrorNote>{error}</ErrorNote>}
      </span>
      {asking.value && deleteForGood ? (
        <>
          <Button onClick={set(false)}>Keep it</Button>
          <Button
            kind="danger"
            disabled={busy}
            onClick={() => void run(() => deleteForGood(row))}
            data-testid="confirm-delete-for-good"
          >
            Delete for good
          </Button>
        </>
      ) : (
        <>
          <Button disabled={busy} onClick={() => void run(() => restore(row))} data-testid="restore">
            Restore
          </Button>
          {deleteForGood && (
            <Button kind="quiet" onClick={set(true)} data-testid="delete-for-good">
              Delete for good …
            </Button>
          )}
        </>
      )}
    </li>
  )
}

function said({ deleted_by, deleted_at, expires_at, size }: Deleted): string {
  const left = Math.max(0, Math.ceil((Date.parse(expires_at) - Date.now()) / DAY_MS))
  const who = deleted_by ? `Deleted by ${deleted_by}` : 'Deleted'
  return `${who}, ${shortTime(deleted_at)} · ${plural(left, 'day')} left · ${megabytes(size)}`
}
