import type { JSX } from 'preact'
import type { UploadRow } from '../api/files'
import { dismissJob } from '../api/projects'
import type { Desk } from '../desk/desk'
import type { Job } from '../model/types'
import type { UploadItem } from '../uploads/uploads'
import { useAction } from './action'
import { megabytes, plural } from './format'
import { Icon } from './icons'
import { IconButton, Progress } from './ui'

/** What is on its way into the project, and what did not make it. */
export function Activity({ desk }: { desk: Desk }): JSX.Element | null {
  const uploads = desk.uploads.items.value
  const unfinished = desk.uploads.unfinished.value
  const imports = desk.state.jobs.value.filter(job => job.kind === 'import')
  const failed = imports.filter(job => job.status === 'failed')
  const running = imports.filter(job => job.status === 'queued' || job.status === 'running')
  if (uploads.length + unfinished.length + imports.length === 0) return null
  return (
    <section class="activity" aria-label="Uploads and imports" data-testid="activity">
      {unfinished.length > 0 && <Unfinished desk={desk} rows={unfinished} />}
      {uploads.map(item => (
        <Upload key={item.key} desk={desk} item={item} />
      ))}
      {running.length > 0 && <Imports jobs={running} />}
      {failed.map(job => (
        <Failed key={job.id} job={job} mayEdit={desk.state.mayEdit.value} />
      ))}
    </section>
  )
}

function Unfinished({ desk, rows }: { desk: Desk; rows: readonly UploadRow[] }): JSX.Element {
  return (
    <div class="task" data-testid="unfinished">
      <p class="hint">
        {plural(rows.length, 'upload')} {rows.length === 1 ? 'was' : 'were'} cut short. Choose the same files
        to continue:
      </p>
      {rows.map(row => (
        <div class="task-line" key={row.id}>
          <span class="task-name" title={row.name}>
            {row.name}
          </span>
          <span class="task-note">
            {megabytes(row.received)} of {megabytes(row.size)} are kept
          </span>
          <IconButton
            icon="close"
            label={`Forget ${row.name}`}
            onClick={() => void desk.uploads.forget(row)}
          />
        </div>
      ))}
    </div>
  )
}

const STATES = {
  waiting: 'waiting',
  sending: '',
  stalled: 'no connection, trying again',
  'no room': 'the server’s disk is full, trying again',
  failed: '',
} as const

function Upload({ desk, item }: { desk: Desk; item: UploadItem }): JSX.Element {
  const { key, name, size, received, state, error } = item
  return (
    <div class="task" data-testid="upload" data-state={state}>
      <div class="task-line">
        <span class="task-name" title={name}>
          {name}
        </span>
        <span class="task-note">{STATES[state] || `${megabytes(received)} of ${megabytes(size)}`}</span>
        <IconButton icon="close" label={`Stop ${name}`} onClick={() => void desk.uploads.cancel(key)} />
      </div>
      {state === 'failed' ? (
        <p class="text-error">{error}</p>
      ) : (
        <Progress value={received / size} label={`Upload of ${name}`} />
      )}
    </div>
  )
}

function Imports({ jobs }: { jobs: readonly Job[] }): JSX.Element {
  const active = jobs.find(job => job.status === 'running')
  const value = active && active.total > 0 ? active.done / active.total : 0
  return (
    <div class="task" data-testid="imports">
      <div class="task-line">
        <span class="task-name" title={active?.name}>
          {active?.name ?? 'Waiting for a worker'}
        </span>
        <span class="task-note">{plural(jobs.length, 'import')} to go</span>
      </div>
      <Progress value={value} label="Import" />
    </div>
  )
}

function Failed({ job, mayEdit }: { job: Job; mayEdit: boolean }): JSX.Element {
  const { busy, error, run } = useAction()
  return (
    <div class="task task-failed" data-testid="import-failed" data-name={job.name}>
      <div class="task-line">
        <Icon name="warning" size={16} />
        <span class="task-name" title={job.name}>
          {job.name}
        </span>
        {mayEdit && (
          <IconButton
            icon="close"
            label={`Dismiss ${job.name}`}
            disabled={busy}
            onClick={() => void run(async () => void (await dismissJob(job.id)))}
            data-testid="dismiss"
          />
        )}
      </div>
      <p class="task-reason">{error || job.error}</p>
    </div>
  )
}
