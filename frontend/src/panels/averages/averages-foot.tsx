import type { Signal } from '@preact/signals'
import type { JSX } from 'preact'
import { downloadUrl } from '../../api/averages'
import type { Averages } from '../../desk/averages/averages'
import type { Desk } from '../../desk/desk'
import { sum } from '../../model/averages/tally'
import type { Averages as AveragesRow } from '../../wire'
import { inFull } from '../kit/format'
import { Icon } from '../kit/icons'
import { Button } from '../kit/ui'
import { RemoveAverages } from './remove-averages'

interface Props {
  desk: Pick<Desk, 'id' | 'averages' | 'state'>
  row: AveragesRow
  /** Whether the picks are to be sorted again. */
  again: Signal<boolean>
}

/** Below averages that are ready: what was judged, and what else can be done with them. */
export function AveragesFoot({ desk, row, again }: Props): JSX.Element {
  const { averages, state } = desk
  const mine = row.created_by === state.you.value?.id
  return (
    <footer class="averages-foot">
      <p class="panel-note" aria-live="polite" data-testid="learnt">
        {learntText(averages, state.mayEdit.value)}
      </p>
      {state.mayEdit.value && (
        <Button
          kind="quiet"
          aria-expanded={again.value}
          onClick={() => {
            again.value = !again.value
          }}
          data-testid="sort-again"
        >
          Sort again
        </Button>
      )}
      {row.classes && (
        <a
          class="icon-button"
          href={downloadUrl(desk.id, row.number)}
          download
          title="Download for RELION (.mrcs and .star) and as a picture"
          aria-label="Download these averages"
          data-testid="download-averages"
        >
          <Icon name="download" />
        </a>
      )}
      {(mine ? state.mayEdit.value : state.mayRun.value) && (
        <RemoveAverages key={row.number} averages={averages} row={row} />
      )}
    </footer>
  )
}

/** What the next training learns from what was judged, or how to judge. */
function learntText(averages: Averages, mayEdit: boolean): string {
  const { accepted, rejected } = sum(averages.tallies.value.values())
  if (accepted + rejected > 0)
    return `${inFull(accepted)} picks accepted, ${inFull(rejected)} rejected. Train to learn from them.`
  return mayEdit && averages.members.value.size > 0
    ? 'A accepts a class, R rejects it, Enter shows its crops.'
    : ''
}
