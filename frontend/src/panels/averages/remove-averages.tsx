import type { JSX } from 'preact'
import type { Averages } from '../../desk/averages/averages'
import type { Averages as AveragesRow } from '../../wire'
import { Remove } from '../kit/remove'

/** Deletes averages for everyone, after a question. */
export function RemoveAverages({ averages, row }: { averages: Averages; row: AveragesRow }): JSX.Element {
  return (
    <Remove
      label="Delete these averages"
      title="Delete averages"
      verb="Delete"
      what="averages"
      remove={() => averages.remove(row)}
    >
      Averages {row.number} will be deleted for everyone. Picks that were accepted or rejected stay as they
      are.
    </Remove>
  )
}
