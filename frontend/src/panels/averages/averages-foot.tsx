import type { Signal } from '@preact/signals'
import type { JSX } from 'preact'
import { downloadUrl } from '../../api/averages'
import type { AveragesCommands } from '../../desk/averages/averages-commands'
import type { Desk } from '../../desk/desk'
import { sum } from '../../model/averages/tally'
import { canTrain } from '../../model/counts'
import type { Averages as AveragesRow } from '../../wire'
import { inFull } from '../kit/format'
import { Icon } from '../kit/icons'
import { Button, IconButton } from '../kit/ui'
import { neededText } from '../trainings/needed-text'
import { RemoveAverages } from './remove-averages'

type FootDesk = Pick<Desk, 'id' | 'averages' | 'state' | 'counts' | 'others'>

interface Props {
  desk: FootDesk
  commands: AveragesCommands
  row: AveragesRow
  /** Whether the picks are to be sorted again. */
  again: Signal<boolean>
}

/** Below averages that are ready: what was judged, and what else can be done with them. */
export function AveragesFoot({ desk, commands, row, again }: Props): JSX.Element {
  const { averages, state } = desk
  const mine = row.created_by === state.you.value?.id
  return (
    <footer class="averages-foot">
      {averages.members.value.size > 0 && <ClassActions commands={commands} mayEdit={state.mayEdit.value} />}
      <p class="panel-note" aria-live="polite" data-testid="learnt">
        {learntText(desk)}
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

/** What keys do with the class that is chosen, for those without a keyboard. */
function ClassActions({ commands, mayEdit }: { commands: AveragesCommands; mayEdit: boolean }): JSX.Element {
  const doing = (run: () => void) => (): void => {
    run()
    document.getElementById('classes')?.focus({ preventScroll: true })
  }
  return (
    <>
      {mayEdit && (
        <>
          <IconButton
            icon="check"
            label="Accept all picks of the class (A)"
            onClick={doing(() => commands.judge('accept'))}
            data-testid="accept-class"
          />
          <IconButton
            icon="close"
            label="Reject all picks of the class (R)"
            onClick={doing(() => commands.judge('reject'))}
            data-testid="reject-class"
          />
        </>
      )}
      <IconButton
        icon="gallery"
        label="Crops of the class (Enter)"
        onClick={doing(() => commands.averages.showCrops())}
        data-testid="class-crops"
      />
    </>
  )
}

/** What the next training learns from what was judged, and what it lacks still. */
function learntText({ averages, counts, others, state }: FootDesk): string {
  const { accepted, rejected } = sum(averages.tallies.value.values())
  const total = counts.teaching.value
  const least = state.limits.value.least_labels
  if (accepted + rejected > 0) {
    const enough = canTrain(total, least, others.taught.value)
    const next = enough ? 'Train to learn from them.' : `${neededText(total, least)}.`
    return `${inFull(accepted)} picks accepted, ${inFull(rejected)} rejected. ${next}`
  }
  return state.mayEdit.value && averages.members.value.size > 0
    ? 'A accepts a class, R rejects it, Enter shows its crops.'
    : ''
}
