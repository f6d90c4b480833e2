import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { exportUrl } from '../../api/projects'
import type { Desk } from '../../desk/desk'
import type { Micrograph } from '../../wire'
import { Dialog } from '../kit/dialog'
import { picksText } from '../kit/format'
import { Icon } from '../kit/icons'
import { Button, ErrorNote, Field } from '../kit/ui'
import { someNames } from '../uploads/left-out'

interface Props {
  desk: Pick<Desk, 'id' | 'state' | 'counts' | 'micrograph'>
  close: () => void
}

export function ExportDialog({ desk, close }: Props): JSX.Element {
  const formats = desk.state.formats.value
  const format = useSignal(formats[0]?.key ?? '')
  const scope = useSignal<'project' | 'micrograph'>('project')
  const micrograph = desk.micrograph.value
  const all = desk.counts.total.value.final
  const here = micrograph ? desk.counts.of(micrograph.id).final : 0
  const missing = missingIn(
    scope.value === 'micrograph' && micrograph ? [micrograph] : desk.state.micrographs.value,
  )
  const refused = missing.unsized.length > 0 || (scope.value === 'micrograph' && missing.excluded.length > 0)
  const folder = useSignal('')
  const flipY = useSignal(false)
  const url = exportUrl(desk.id, {
    format: format.value,
    micrograph: scope.value === 'micrograph' ? (micrograph?.id ?? null) : null,
    folder: format.value === 'relion' ? folder.value.trim() : '',
    flipY: flipY.value,
  })
  return (
    <Dialog title="Download coordinates" close={close}>
      <fieldset class="choices">
        <legend>Format</legend>
        {formats.map(({ key, title }) => (
          <Choice
            key={key}
            name="format"
            label={title}
            on={format.value === key}
            choose={() => (format.value = key)}
            testid={`format-${key}`}
          />
        ))}
      </fieldset>
      <fieldset class="choices">
        <legend>Picks of</legend>
        <Choice
          name="scope"
          label={`the whole project (${picksText(all, desk.counts.picked.value)})`}
          on={scope.value === 'project'}
          choose={() => (scope.value = 'project')}
          testid="scope-project"
        />
        {micrograph && (
          <Choice
            name="scope"
            label={`${micrograph.name} (${picksText(here, micrograph.picks !== null)})`}
            on={scope.value === 'micrograph'}
            choose={() => (scope.value = 'micrograph')}
            testid="scope-micrograph"
          />
        )}
      </fieldset>
      {format.value === 'relion' && (
        <Field
          label="Path before the file names in RELION’s micrographs.star"
          text={folder}
          placeholder="MotionCorr/job002/raw"
          hint="Leave empty if there is none. RELION matches micrographs by the full name."
          testid="export-folder"
        />
      )}
      <label class="check">
        <input
          type="checkbox"
          checked={flipY.value}
          onChange={event => (flipY.value = event.currentTarget.checked)}
          data-testid="export-flip-y"
        />
        <span>Flip y (only for TIFFs that the next program reads upside down)</span>
      </label>
      <p class="hint">
        You get what the canvas shows: the picks that pass the thresholds, corrected by everyone’s labels,
        regions and verdicts.
      </p>
      {missing.excluded.length > 0 && (
        <p class="hint" data-testid="export-excluded">
          Left out, because {missing.excluded.length === 1 ? 'it is' : 'they are'} excluded:{' '}
          {someNames(missing.excluded)}.
        </p>
      )}
      {missing.unsized.length > 0 && (
        <ErrorNote>
          These files do not state their pixel size: {someNames(missing.unsized)}. Set it in the project
          settings first.
        </ErrorNote>
      )}
      <footer class="dialog-foot">
        <Button onClick={close}>Close</Button>
        {refused ? (
          <Button kind="primary" icon="download" disabled>
            Download
          </Button>
        ) : (
          <a class="button button-primary" href={url} download data-testid="download">
            <Icon name="download" size={16} />
            Download
          </a>
        )}
      </footer>
    </Dialog>
  )
}

/** Names of what a download of these micrographs cannot hold. */
function missingIn(rows: readonly Micrograph[]): { excluded: string[]; unsized: string[] } {
  const names = (some: readonly Micrograph[]): string[] => some.map(row => row.name)
  return {
    excluded: names(rows.filter(row => row.excluded)),
    unsized: names(rows.filter(row => !row.excluded && row.pixel_size === null)),
  }
}

interface ChoiceProps {
  name: string
  label: string
  on: boolean
  choose: () => void
  testid: string
}

function Choice({ name, label, on, choose, testid }: ChoiceProps): JSX.Element {
  return (
    <label class="choice">
      <input type="radio" name={name} checked={on} onChange={choose} data-testid={testid} />
      <span>{label}</span>
    </label>
  )
}
