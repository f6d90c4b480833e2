import { type Signal, useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useEffect } from 'preact/hooks'
import { listSnapshots, makeSnapshot, removeSnapshot, snapshotFileUrl } from '../../api/named-snapshots'
import type { Desk } from '../../desk/desk'
import type { NamedSnapshot } from '../../wire'
import { useAction } from '../kit/action'
import { plural, shortTime } from '../kit/format'
import { Button, ErrorNote, Field, IconButton, Progress } from '../kit/ui'

/** Characters of a hash that tell one snapshot from another. */
const SHORT = 12

interface Props {
  desk: Desk
  /** The snapshot to download from; null for how things are now. */
  chosen: Signal<number | null>
}

/** What the project held at named moments: make one, cite it, download from it. */
export function Snapshots({ desk, chosen }: Props): JSX.Element {
  const rows = useSignal<readonly NamedSnapshot[]>([])
  const { error, run } = useAction()
  const load = async (): Promise<void> => {
    rows.value = await listSnapshots(desk.id)
  }
  const states = desk.state.jobs.value.filter(job => job.kind === 'snapshot').map(job => job.status)
  useEffect(() => void run(load), [states.join()])
  return (
    <details class="export-list" data-testid="snapshots">
      <summary>Snapshots{rows.value.length > 0 && ` (${rows.value.length})`}</summary>
      <p class="hint">
        A snapshot keeps labels, thresholds and final picks as they are now, for good. It has an address and a
        hash for your paper; downloads from it stay the same. Micrographs that are labelled blind are left
        out.
      </p>
      {desk.state.mayEdit.value && <MakeSnapshot desk={desk} made={load} />}
      {error && <ErrorNote>{error}</ErrorNote>}
      <ul>
        {rows.value.map(row => (
          <Row key={row.number} desk={desk} row={row} chosen={chosen} changed={load} />
        ))}
      </ul>
    </details>
  )
}

function MakeSnapshot({ desk, made }: { desk: Desk; made: () => Promise<void> }): JSX.Element {
  const name = useSignal('')
  const note = useSignal('')
  const { busy, error, run } = useAction()
  const submit = (event: Event): void => {
    event.preventDefault()
    void run(async () => {
      await desk.sync.held()
      await makeSnapshot(desk.id, { name: name.value.trim(), note: note.value.trim() })
      name.value = note.value = ''
      await made()
    })
  }
  return (
    <form class="form-line" onSubmit={submit}>
      <Field label="Name" text={name} placeholder="As published" testid="snapshot-name" />
      <Field label="Note" text={note} testid="snapshot-note" />
      <Button type="submit" disabled={busy || name.value.trim() === ''} data-testid="make-snapshot">
        Make a snapshot
      </Button>
      {error && <ErrorNote>{error}</ErrorNote>}
    </form>
  )
}

function Row({
  desk,
  row,
  chosen,
  changed,
}: Props & { row: NamedSnapshot; changed: () => Promise<void> }): JSX.Element {
  const { busy, error, run } = useAction()
  const copied = useSignal(false)
  const job = desk.state.jobs.value.find(({ id }) => id === row.job?.id) ?? row.job
  const whole = row.sha256 !== ''
  return (
    <li data-testid="snapshot" data-name={row.name} data-whole={whole}>
      <div class="export-row">
        <div>
          <strong title={row.note}>{row.name}</strong>{' '}
          <span class="hint">
            {shortTime(row.created_at)}
            {row.created_by && ` by ${row.created_by}`}
          </span>
          <p class="hint">{said(row)}</p>
        </div>
        {whole && (
          <>
            <Button
              aria-pressed={chosen.value === row.number}
              onClick={() => {
                chosen.value = chosen.value === row.number ? null : row.number
              }}
              data-testid="use-snapshot"
            >
              {chosen.value === row.number ? 'Chosen' : 'Download from it'}
            </Button>
            <Button
              kind="quiet"
              onClick={() =>
                void navigator.clipboard.writeText(citation(desk, row)).then(() => {
                  copied.value = true
                })
              }
              data-testid="cite-snapshot"
            >
              {copied.value ? 'Copied' : 'Copy citation'}
            </Button>
            <a class="button button-quiet" href={snapshotFileUrl(desk.id, row.number)} download>
              File
            </a>
          </>
        )}
        {desk.state.mayOwn.value && (
          <IconButton
            icon="trash"
            label={`Delete the snapshot ${row.name}: its address then tells that it was deleted`}
            disabled={busy}
            onClick={() =>
              void run(async () => {
                await removeSnapshot(desk.id, row.number)
                if (chosen.value === row.number) chosen.value = null
                await changed()
              })
            }
            data-testid="remove-snapshot"
          />
        )}
      </div>
      {!whole && job && (
        <Progress value={job.total ? job.done / job.total : 0} label={`Snapshot ${row.name}`} />
      )}
      {job?.status === 'failed' && <ErrorNote>{job.error}</ErrorNote>}
      {error && <ErrorNote>{error}</ErrorNote>}
    </li>
  )
}

function said({ counts, sha256 }: NamedSnapshot): string {
  if (!counts) return 'Not finished yet'
  const held = [
    plural(counts.micrographs, 'micrograph'),
    plural(counts.labels, 'label'),
    plural(counts.picks, 'final pick'),
  ]
  return `${held.join(' · ')} · ${sha256.slice(0, SHORT)}`
}

/** What a paper says of it. */
function citation(desk: Desk, { name, created_at, address, sha256 }: NamedSnapshot): string {
  const project = desk.state.project.peek()?.name ?? ''
  return `${project}, CryoWeb snapshot “${name}” of ${created_at.slice(0, 10)}, ${location.origin}${address}, SHA-256 ${sha256}`
}
