import type { JSX } from 'preact'
import { deleteProjectForGood, restoreProject } from '../../api/deleted'
import type { Deleted } from '../../wire'
import { DeletedList } from './deleted-list'

/** The projects that this person deleted, or another of their owners did. */
export function DeletedProjects(props: {
  rows: readonly Deleted[]
  changed: () => void
}): JSX.Element | null {
  const { rows, changed } = props
  if (rows.length === 0) return null
  return (
    <details class="archived">
      <summary data-testid="deleted-projects">Recently deleted ({rows.length})</summary>
      <DeletedList
        rows={rows}
        restore={async row => {
          await restoreProject(row.id)
          changed()
        }}
        deleteForGood={async row => {
          await deleteProjectForGood(row.id)
          changed()
        }}
      />
    </details>
  )
}
