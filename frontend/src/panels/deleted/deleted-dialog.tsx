import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useEffect } from 'preact/hooks'
import { deleteMicrographForGood, listDeleted, restoreMicrographs } from '../../api/deleted'
import { deleteHere } from '../../desk/deleting'
import type { Desk } from '../../desk/desk'
import type { Deleted } from '../../wire'
import { useAction } from '../kit/action'
import { Dialog } from '../kit/dialog'
import { plural } from '../kit/format'
import { Button, Empty, ErrorNote } from '../kit/ui'
import { DeletedList } from './deleted-list'

/** The micrographs that were deleted in the last 30 days. */
export function DeletedDialog({ desk, close }: { desk: Desk; close: () => void }): JSX.Element {
  const rows = useSignal<readonly Deleted[] | null>(null)
  const { error, run } = useAction()
  const load = async (): Promise<void> => {
    rows.value = await listDeleted(desk.id)
  }
  useEffect(() => void run(load), [desk.state.micrographs.value.length])
  return (
    <Dialog title="Recently deleted" close={close} size="wide">
      <p class="hint" data-testid="delete-hint">
        Micrographs that were deleted can be restored for 30 days, with all their labels and picks. Until then
        their files take up space. Files used in place on the server are never deleted.
      </p>
      <Excluded desk={desk} />
      {error && <ErrorNote>{error}</ErrorNote>}
      {rows.value?.length === 0 && (
        <Empty title="Nothing was deleted">
          <p>The bin beside an open micrograph in the list deletes it. Ctrl Z takes that back.</p>
        </Empty>
      )}
      {rows.value && (
        <DeletedList
          rows={rows.value}
          restore={async row => {
            await restoreMicrographs(desk.id, [row.id])
            await load()
          }}
          deleteForGood={
            desk.state.mayOwn.value
              ? async row => {
                  await deleteMicrographForGood(desk.id, row.id)
                  await load()
                }
              : null
          }
        />
      )}
    </Dialog>
  )
}

/** Those that nobody wants any more are mostly the excluded ones. */
function Excluded({ desk }: { desk: Desk }): JSX.Element | null {
  const excluded = desk.state.micrographs.value.filter(row => row.excluded).map(({ id }) => id)
  if (excluded.length === 0) return null
  return (
    <p>
      <Button icon="trash" onClick={() => void deleteHere(desk, excluded)} data-testid="delete-excluded">
        Delete {plural(excluded.length, 'excluded micrograph')}
      </Button>
    </p>
  )
}
