import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useEffect } from 'preact/hooks'
import type { Desk } from '../../desk/desk'
import type { Micrograph } from '../../wire'
import { useAction } from '../kit/action'
import { Dialog } from '../kit/dialog'
import { picksText } from '../kit/format'
import { Button, ErrorNote, Field } from '../kit/ui'
import { someNames } from '../uploads/left-out'
import { ExportList } from './export-list'
import {
  MoreOptions,
  programWithPaths,
  STACKS,
  StackOptions,
  useOptions,
  wantedExport,
} from './export-options'
import { FormatChoice } from './format-choice'
import { Snapshots } from './snapshots'

type Props = { desk: Desk; close: () => void }

export function ExportDialog({ desk, close }: Props): JSX.Element {
  const options = useOptions(desk.state.formats.value[0]?.key ?? '')
  const { busy, error, run } = useAction()
  const wrong = useSignal('')
  const micrograph = desk.micrograph.value
  const alone = options.alone.value && micrograph !== null
  const program = programWithPaths(options.format.value)
  const missing = missingIn(alone ? [micrograph] : desk.state.micrographs.value)
  const refused = missing.unsized.length > 0 || (alone && missing.excluded.length + missing.blind.length > 0)
  useEffect(() => void desk.exports.refresh().catch(() => undefined), [desk])
  const submit = (event: Event): void => {
    event.preventDefault()
    const wanted = wantedExport(options, alone ? micrograph.id : null)
    wrong.value = typeof wanted === 'string' ? wanted : ''
    if (typeof wanted !== 'string') void run(async () => void (await desk.exports.start(wanted)))
  }
  const total = picksText(desk.counts.total.value.final, desk.counts.picked.value)
  return (
    <Dialog title="Download coordinates" close={close} size="large">
      <form class="form" onSubmit={submit}>
        <FormatChoice formats={desk.state.formats.value} chosen={options.format} />
        <fieldset class="choices export-scope">
          <legend>Micrographs</legend>
          <label class="choice">
            <input
              type="radio"
              name="scope"
              checked={!alone}
              onChange={() => {
                options.alone.value = false
              }}
              data-testid="scope-project"
            />
            <span>the whole project ({total})</span>
          </label>
          {micrograph && (
            <label class="choice">
              <input
                type="radio"
                name="scope"
                checked={alone}
                onChange={() => {
                  options.alone.value = true
                }}
                data-testid="scope-micrograph"
              />
              <span>
                {micrograph.name} ({picksText(desk.counts.of(micrograph.id).final, micrograph.picks !== null)}
                )
              </span>
            </label>
          )}
        </fieldset>
        {program && (
          <Field
            label={
              program === 'RELION'
                ? 'Path before the file names in RELION’s micrographs.star'
                : 'Path to the micrographs below cryoSPARC’s project folder'
            }
            text={options.folder}
            placeholder={program === 'RELION' ? 'MotionCorr/job002/raw' : 'J2/motioncorrected'}
            hint={`Leave empty if there is none. ${program} matches micrographs by the full name.`}
            testid="export-folder"
          />
        )}
        {options.format.value === STACKS && <StackOptions project={desk.id} options={options} />}
        <MoreOptions options={options} sources={desk.state.sources.value} />
        <label class="check">
          <input
            type="checkbox"
            checked={options.provenance.value}
            onChange={event => {
              options.provenance.value = event.currentTarget.checked
            }}
            data-testid="export-provenance"
          />
          <span>
            With a table of where each coordinate comes from: person or training, scores, thresholds
          </span>
        </label>
        {options.snapshot.value !== null && (
          <p class="hint" data-testid="from-snapshot">
            From snapshot {options.snapshot.value}: the picks are those it holds.
          </p>
        )}
        {missing.excluded.length > 0 && (
          <p class="hint" data-testid="export-excluded">
            Left out, because {missing.excluded.length === 1 ? 'it is' : 'they are'} excluded:{' '}
            {someNames(missing.excluded)}.
          </p>
        )}
        {missing.blind.length > 0 && (
          <p class="hint" data-testid="export-blind">
            Left out, because {missing.blind.length === 1 ? 'it is' : 'they are'} labelled blind:{' '}
            {someNames(missing.blind)}.
          </p>
        )}
        {missing.unsized.length > 0 && (
          <ErrorNote>
            These files do not state their pixel size: {someNames(missing.unsized)}. Set it in the project
            settings first.
          </ErrorNote>
        )}
        {(wrong.value || error) && <ErrorNote>{wrong.value || error}</ErrorNote>}
        <footer class="dialog-foot">
          <p class="hint">The finished file is read back and compared with the picks before you get it.</p>
          <Button
            kind="primary"
            icon="download"
            type="submit"
            disabled={busy || refused || desk.state.guest.value}
            title={desk.state.guest.value ? desk.state.locked.value : ''}
            data-testid="export"
          >
            Make the file
          </Button>
        </footer>
      </form>
      <Snapshots desk={desk} chosen={options.snapshot} />
      <ExportList desk={desk} close={close} />
    </Dialog>
  )
}

/** Names of what a download of these micrographs cannot hold. */
function missingIn(rows: readonly Micrograph[]): Record<'excluded' | 'blind' | 'unsized', string[]> {
  const names = (some: readonly Micrograph[]): string[] => some.map(row => row.name)
  return {
    excluded: names(rows.filter(row => row.excluded)),
    blind: names(rows.filter(row => !row.excluded && row.blind)),
    unsized: names(rows.filter(row => !row.excluded && row.pixel_size === null)),
  }
}
