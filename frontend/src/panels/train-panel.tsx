import type { JSX } from 'preact'
import { cancelJob, dismissJob } from '../api/projects'
import { startTraining } from '../api/trainings'
import type { Desk } from '../desk/desk'
import type { Job } from '../model/types'
import { useAction } from './action'
import { KeepTraining } from './keep-training'
import { LabelNext } from './label-next'
import { LossPlot } from './loss-plot'
import { Needs } from './needs'
import { Section } from './section'
import { Button, classes, ErrorNote, Progress } from './ui'

const ACTIVE = ['queued', 'running']

/** Fewest labels of particles and of background that the networks can learn from. */
export const LEAST = 5

export function TrainPanel({ desk }: { desk: Desk }): JSX.Element {
  const jobs = desk.state.jobs.value
  const mayEdit = desk.state.mayEdit.value
  const keeps = desk.state.project.value?.keep_training ?? false
  const trainings = jobs.filter(job => job.kind === 'train')
  const running = trainings.find(job => ACTIVE.includes(job.status))
  const last = trainings.reduce<Job | undefined>((a, b) => (a && a.id > b.id ? a : b), undefined)
  const picking = jobs.find(job => job.kind === 'pick' && ACTIVE.includes(job.status))
  const failedPicking = jobs.find(job => job.kind === 'pick' && job.status === 'failed')
  return (
    <Section desk={desk} title="Train" testid="train-panel" side={<Version desk={desk} />}>
      <Labels desk={desk} />
      <KeepTraining desk={desk} />
      <LabelNext desk={desk} />
      <div class={classes('training-now', keeps && 'training-now-brief')}>
        {running && <Running job={running} mayEdit={mayEdit} brief={keeps} />}
        {!running && !(keeps && picking) && <Start desk={desk} />}
        {!running && picking && <Picking job={picking} />}
      </div>
      {!running && last?.status === 'failed' && <Failure job={last} mayEdit={mayEdit} />}
      {!running && last?.status === 'cancelled' && <p class="hint">The last training was cancelled.</p>}
      {!running && last?.status === 'finished' && last.message && (
        <p class="hint" data-testid="left-out">
          {last.message}
        </p>
      )}
      {failedPicking && <Failure job={failedPicking} mayEdit={mayEdit} />}
      <Others desk={desk} />
    </Section>
  )
}

function Version({ desk }: { desk: Desk }): JSX.Element | null {
  const training = desk.state.current.value
  return training ? <span class="panel-note">version {training.version}</span> : null
}

/** The way to all trainings of the project; where there is none, to another project's networks. */
function Others({ desk }: { desk: Desk }): JSX.Element | null {
  const some = desk.state.trainings.value.length > 0
  if (!some && !desk.state.mayEdit.value) return null
  const open = (dialog: 'trainings' | 'adopt') => (): void => {
    desk.dialog.value = dialog
  }
  return some ? (
    <Button kind="quiet" icon="history" onClick={open('trainings')} data-testid="open-trainings">
      All trainings
    </Button>
  ) : (
    <Button kind="quiet" class="button-wrap" onClick={open('adopt')} data-testid="open-adopt">
      Start from another project’s networks…
    </Button>
  )
}

/** Stays where it is while a training comes and goes. */
function Labels({ desk }: { desk: Desk }): JSX.Element {
  desk.counts.version.value
  return <Needs total={desk.counts.total()} />
}

function Start({ desk }: { desk: Desk }): JSX.Element {
  const { busy, error, run } = useAction()
  desk.counts.version.value
  const total = desk.counts.total()
  const enough = total.particle >= LEAST && total.background >= LEAST
  const mayEdit = desk.state.mayEdit.value
  return (
    <>
      <Button
        kind="primary"
        class="button-wide"
        disabled={busy || !enough || !mayEdit}
        onClick={() => void run(async () => void (await startTraining(desk.id)))}
        data-testid="train"
      >
        {desk.state.trainings.value.length > 0 ? 'Train again' : 'Train'}
      </Button>
      {!mayEdit && <p class="hint">{desk.state.locked.value}</p>}
      {error && <ErrorNote>{error}</ErrorNote>}
    </>
  )
}

interface RunningProps {
  job: Job
  mayEdit: boolean
  /** Without the curves: where trainings come every few seconds, the panel should not jump. */
  brief: boolean
}

function Running({ job, mayEdit, brief }: RunningProps): JSX.Element {
  const { busy, error, run } = useAction()
  return (
    <div class="task" data-testid="training" data-status={job.status}>
      <div class="task-line">
        <span class="task-name" aria-live="polite">
          {job.message || (job.status === 'queued' ? 'Waiting for the trainer' : 'Training')}
        </span>
        {mayEdit && (
          <Button
            disabled={busy}
            onClick={() => void run(async () => void (await cancelJob(job.id)))}
            data-testid="cancel-training"
          >
            Cancel
          </Button>
        )}
      </div>
      <Progress value={job.total > 0 ? job.done / job.total : 0} label="Training" />
      {!brief && <LossPlot losses={job.losses ?? []} />}
      {error && <ErrorNote>{error}</ErrorNote>}
    </div>
  )
}

function Failure({ job, mayEdit }: { job: Job; mayEdit: boolean }): JSX.Element {
  const { busy, error, run } = useAction()
  const what = job.kind === 'train' ? 'The training failed.' : 'Picking failed.'
  return (
    <ErrorNote>
      {error || job.error || what}
      {mayEdit && (
        <Button
          kind="quiet"
          disabled={busy}
          onClick={() => void run(async () => void (await dismissJob(job.id)))}
          data-testid="dismiss-failure"
        >
          Dismiss
        </Button>
      )}
    </ErrorNote>
  )
}

function Picking({ job }: { job: Job }): JSX.Element {
  return (
    <div class="task" data-testid="picking">
      <div class="task-line">
        <span class="task-name">{job.message || 'Picking micrographs'}</span>
        <span class="task-note">
          {job.done} of {job.total}
        </span>
      </div>
      <Progress value={job.total > 0 ? job.done / job.total : 0} label="Picking" />
    </div>
  )
}
