import type { JSX } from 'preact'
import type { Desk } from '../../desk/desk'
import type { Averages } from '../../wire'
import { useAction } from '../kit/action'
import { Button, ErrorNote, Progress } from '../kit/ui'
import { picksOf } from './class-words'

interface Props {
  desk: Pick<Desk, 'averages' | 'state'>
  row: Averages
}

/** While picks are being sorted: how far that is, and a way to stop it. */
export function Sorting({ desk, row }: Props): JSX.Element {
  const { busy, error, run } = useAction()
  const { state } = desk
  const job = state.jobs.value.find(({ id }) => id === row.job.id) ?? row.job
  const waits = job.status === 'queued'
  const may = state.mayManage.value || (state.mayEdit.value && row.created_by === state.you.value?.id)
  return (
    <div class="sorting" data-testid="sorting">
      <span class="panel-note" aria-live="polite">
        {waits ? 'Waits for its turn' : job.message || `Sorting ${picksOf(row)}`}
      </span>
      <Progress value={row.done} label="Sorting" />
      {may && (
        <Button
          kind="quiet"
          icon="close"
          disabled={busy}
          onClick={() => void run(() => desk.averages.cancel(row))}
          data-testid="cancel-sorting"
        >
          Cancel
        </Button>
      )}
      {error && <ErrorNote>{error}</ErrorNote>}
    </div>
  )
}
