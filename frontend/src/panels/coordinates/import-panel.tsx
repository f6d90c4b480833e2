import type { JSX } from 'preact'
import { useRef } from 'preact/hooks'
import type { Desk } from '../../desk/desk'
import { fromInput } from '../../uploads/chosen'
import { COORDINATE_ENDINGS } from '../../uploads/coordinate-files'
import { plural } from '../kit/format'
import { Button, ErrorNote, IconButton } from '../kit/ui'
import { Matches } from './matches'
import { PlacingFields } from './placing-fields'
import type { DraftProps, ImportDesk } from './props'
import { RuleFields } from './rule-fields'
import { StoreForm } from './store-form'

/** Coordinate files beside the canvas, on which they are previewed: what they mean, and whether to store them. */
export function ImportPanel({ desk }: { desk: ImportDesk }): JSX.Element {
  const { coordinates } = desk
  const draft = coordinates.draft.value
  const busy = coordinates.busy.value
  return (
    <aside class="panel panel-right import-panel" aria-label="Import coordinates" data-testid="import-panel">
      <header class="import-head">
        <h2>Import coordinates</h2>
        <IconButton icon="close" label="Give up this import" onClick={() => coordinates.close()} />
      </header>
      <div class="import-body" aria-busy={busy !== ''}>
        {coordinates.error.value && (
          <div data-testid="import-error">
            <ErrorNote>{coordinates.error.value}</ErrorNote>
          </div>
        )}
        {!draft && (busy ? <p class="hint">{busy}</p> : <ChooseFiles desk={desk} />)}
        {draft && <Draft desk={desk} draft={draft} busy={busy} />}
      </div>
    </aside>
  )
}

function Draft({ desk, draft, busy }: DraftProps & { busy: string }): JSX.Element {
  const { coordinates } = desk
  return (
    <>
      <FormatChoice desk={desk} draft={draft} />
      <Matches desk={desk} draft={draft} />
      <RuleFields key={`${draft.id} ${draft.rule.starts} ${draft.rule.ends}`} desk={desk} draft={draft} />
      <PlacingFields key={`${draft.id} ${draft.placing.scale}`} desk={desk} draft={draft} />
      {draft.doubled > 0 && (
        <label class="check">
          <input
            type="checkbox"
            checked={draft.merge_doubled}
            onChange={event => void coordinates.change({ merge_doubled: event.currentTarget.checked })}
            data-testid="merge-doubled"
          />
          Keep one of {plural(draft.doubled, 'doubled pick')}, nearer than a tenth of a diameter to another
        </label>
      )}
      <StoreForm key={draft.id} desk={desk} draft={draft} busy={busy} />
    </>
  )
}

function FormatChoice({ desk, draft }: DraftProps): JSX.Element {
  const formats = desk.state.formats.value.filter(({ read }) => read)
  return (
    <label class="field">
      <span class="field-label">Format of {plural(draft.files, 'file')}, told by the content</span>
      <select
        class="input select"
        value={draft.format}
        onChange={event => void desk.coordinates.change({ format: event.currentTarget.value as Format })}
        data-testid="import-format"
      >
        {formats.map(({ key, title }) => (
          <option key={key} value={key}>
            {title}
          </option>
        ))}
        {!formats.some(({ key }) => key === draft.format) && (
          <option value={draft.format}>{draft.format}</option>
        )}
      </select>
      {draft.doubt && (
        <span class="hint" data-testid="import-doubt">
          {draft.doubt}
        </span>
      )}
    </label>
  )
}

function ChooseFiles({ desk }: { desk: ImportDesk }): JSX.Element {
  const chooser = useRef<HTMLInputElement>(null)
  return (
    <>
      <p class="hint">
        Drop files on the page, or choose them: RELION or crYOLO STAR, CBOX, EMAN box or JSON, cryoSPARC .cs
        with its .csg, Topaz, plain coordinates, or a table. Nothing is stored before you have seen it on the
        micrographs.
      </p>
      <input
        ref={chooser}
        type="file"
        multiple
        accept={COORDINATE_ENDINGS.join(',')}
        class="sr-only"
        tabIndex={-1}
        aria-label="Choose coordinate files"
        data-testid="coordinate-files"
        onChange={event => {
          const files = fromInput(event.currentTarget.files ?? [])
          event.currentTarget.value = ''
          if (files.length > 0) void desk.coordinates.bring(files)
        }}
      />
      <Button kind="primary" onClick={() => chooser.current?.click()}>
        Choose files…
      </Button>
    </>
  )
}

type Format = NonNullable<Parameters<Desk['coordinates']['change']>[0]['format']>
