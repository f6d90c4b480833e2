import type { JSX } from 'preact'
import { dismissJob } from '../../api/projects'
import type { ComingCoordinates } from '../../desk/sources/coordinates'
import type { ProjectState } from '../../model/project'
import { belowCommonFolder, type LeftOut, pathOf } from '../../uploads/chosen'
import type { UploadItem, Uploads } from '../../uploads/uploads'
import type { Job, Upload as UploadRow } from '../../wire'
import { useAction } from '../kit/action'
import { megabytes, plural } from '../kit/format'
import { Icon } from '../kit/icons'
import { Button, IconButton, Progress } from '../kit/ui'
import { RowName } from '../micrographs/micrograph-list'
import { LeftOutList, someNames } from './left-out'

interface Props {
  state: ProjectState
  uploads: Uploads
  coordinates: ComingCoordinates
}

/** What is being added to the project, and what failed. */
export function Activity({ state, uploads, coordinates }: Props): JSX.Element | null {
  const items = uploads.items.value
  const unfinished = uploads.unfinished.value
  const imports = state.jobs.value.filter(job => job.kind === 'import')
  const shown = belowCommonFolder(items.map(item => item.path))
  const failed = imports.filter(job => job.status === 'failed')
  const running = imports.filter(job => job.status === 'queued' || job.status === 'running')
  const leftOut = uploads.leftOut.value
  const offered = coordinates.offered.value.length
  if (items.length + unfinished.length + imports.length + leftOut.size + offered === 0) return null
  return (
    <section class="activity" aria-label="Uploads and imports" data-testid="activity">
      {leftOut.size > 0 && <LeftOutFiles uploads={uploads} leftOut={leftOut} />}
      {offered > 0 && (
        <Offered
          coordinates={coordinates}
          waits={running.length > 0 || items.some(({ state }) => state !== 'failed')}
        />
      )}
      {unfinished.length > 0 && <Unfinished uploads={uploads} rows={unfinished} />}
      {items.map((item, index) => (
        <Upload key={item.key} uploads={uploads} item={item} shown={shown[index] ?? item.path} />
      ))}
      {running.length > 0 && <Imports jobs={running} />}
      {failed.map(job => (
        <Failed key={job.id} job={job} mayRun={state.mayRun.value} />
      ))}
    </section>
  )
}

function Unfinished({ uploads, rows }: { uploads: Uploads; rows: readonly UploadRow[] }): JSX.Element {
  const paths = rows.map(({ folder, name }) => (folder ? `${folder}/${name}` : name))
  const shown = belowCommonFolder(paths)
  return (
    <div class="task" data-testid="unfinished">
      <p class="hint">
        {plural(rows.length, 'upload')} {rows.length === 1 ? 'was' : 'were'} interrupted. Choose the same
        files again to resume:
      </p>
      {rows.map((row, index) => (
        <div key={row.id}>
          <div class="task-line">
            <RowName name={shown[index] ?? row.name} title={paths[index] ?? row.name} />
            <IconButton
              icon="close"
              label={`Discard ${paths[index]}`}
              onClick={() => void uploads.forget(row)}
            />
          </div>
          <p class="task-note">
            {megabytes(row.received)} of {megabytes(row.size)} received
          </p>
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

interface UploadProps {
  uploads: Uploads
  item: UploadItem
  /** The part of the path that is not the same for all that are on their way. */
  shown: string
}

function Upload({ uploads, item, shown }: UploadProps): JSX.Element {
  const { key, path, size, received, state, error } = item
  return (
    <div class="task" data-testid="upload" data-state={state}>
      <div class="task-line">
        <RowName name={shown} title={path} />
        <IconButton
          icon="close"
          label={`Cancel upload of ${path}`}
          onClick={() => void uploads.cancel(key)}
        />
      </div>
      {state === 'failed' ? (
        <p class="text-error">{error}</p>
      ) : (
        <div class="task-progress">
          <Progress value={received / size} label={`Upload of ${path}`} />
          <span class="task-note">{STATES[state] || `${megabytes(received)} of ${megabytes(size)}`}</span>
        </div>
      )}
    </div>
  )
}

function LeftOutFiles({ uploads, leftOut }: { uploads: Uploads; leftOut: LeftOut }): JSX.Element {
  const rows = [...leftOut].map(([reason, names]) => {
    return { reason, count: names.length, names: belowCommonFolder(names) }
  })
  return (
    <div class="task" data-testid="left-out">
      <div class="task-line">
        <span class="task-head">Left out</span>
        <IconButton
          icon="close"
          label="Dismiss"
          onClick={() => {
            uploads.leftOut.value = new Map()
          }}
        />
      </div>
      <LeftOutList rows={rows} />
    </div>
  )
}

interface OfferedProps {
  coordinates: ComingCoordinates
  /** Micrographs are still on their way. */
  waits: boolean
}

function Offered({ coordinates, waits }: OfferedProps): JSX.Element {
  const files = coordinates.offered.value
  return (
    <div class="task" data-testid="offered-coordinates">
      <div class="task-line">
        <span class="task-head">{plural(files.length, 'coordinate file')}</span>
        <IconButton
          icon="close"
          label="Leave the coordinate files out"
          onClick={() => {
            coordinates.offered.value = []
          }}
        />
      </div>
      <p class="task-note">{someNames(belowCommonFolder(files.map(pathOf)))}</p>
      <Button
        disabled={waits}
        title={waits ? 'Once the micrographs are in the project' : ''}
        onClick={() => void coordinates.bringOffered()}
        data-testid="import-offered"
      >
        Import coordinates…
      </Button>
    </div>
  )
}

function Imports({ jobs }: { jobs: readonly Job[] }): JSX.Element {
  const active = jobs.find(job => job.status === 'running')
  const value = active && active.total > 0 ? active.done / active.total : 0
  return (
    <div class="task" data-testid="imports">
      <RowName name={active?.name ?? 'Waiting for a worker'} />
      <div class="task-progress">
        <Progress value={value} label="Import" />
        <span class="task-note">{plural(jobs.length, 'import')} left</span>
      </div>
    </div>
  )
}

function Failed({ job, mayRun }: { job: Job; mayRun: boolean }): JSX.Element {
  const { busy, error, run } = useAction()
  return (
    <div class="task task-failed" data-testid="import-failed" data-name={job.name}>
      <div class="task-line">
        <Icon name="warning" size={16} />
        <RowName name={job.name} />
        {mayRun && (
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
