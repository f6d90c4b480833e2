import type { JSX } from 'preact'
import { cancelJob, dismissJob } from '../../api/projects'
import { startTraining } from '../../api/trainings'
import type { Desk } from '../../desk/desk'
import { canTrain } from '../../model/counts'
import type { ProjectState } from '../../model/project'
import type { Job } from '../../wire'
import { useAction } from '../kit/action'
import { inFull } from '../kit/format'
import { later } from '../kit/later'
import { Section } from '../kit/section'
import { Button, type ButtonProps, ErrorNote, IconButton, Progress } from '../kit/ui'
import { DiameterCard } from './diameter-card'
import { FirstGuess } from './first-guess'
import { KeepTraining } from './keep-training'
import { LabelNext } from './label-next'
import type { LossPlot } from './loss-plot'
import { Needs } from './needs'

/** The only part of the panel that needs the plotting library. */
export const LaterLossPlot = later<Parameters<typeof LossPlot>[0]>(
  async () => (await import('./loss-plot')).LossPlot,
  () => undefined,
)

const ACTIVE = ['queued', 'running']
const PICKING = ['pick', 'guess', 'diameter']

type TrainDesk = Pick<
  Desk,
  | 'id'
  | 'state'
  | 'sync'
  | 'counts'
  | 'others'
  | 'shared'
  | 'walk'
  | 'dialog'
  | 'sections'
  | 'picks'
  | 'gallery'
  | 'triedDiameter'
>

export function TrainPanel({ desk }: { desk: TrainDesk }): JSX.Element {
  const { state } = desk
  const jobs = state.jobs.value
  const mayRun = state.mayRun.value
  const trainings = jobs.filter(job => job.kind === 'train')
  const running = trainings.find(job => ACTIVE.includes(job.status))
  const last = trainings.reduce<Job | undefined>((a, b) => (a && a.id > b.id ? a : b), undefined)
  const picking = jobs.find(job => job.kind === 'pick' && ACTIVE.includes(job.status))
  const failedPicking = jobs.find(({ kind, status }) => PICKING.includes(kind) && status === 'failed')
  return (
    <Section
      sections={desk.sections}
      title="Train"
      testid="train-panel"
      side={<Version state={state} last={last} />}
    >
      <DiameterCard desk={desk} />
      <FirstGuess desk={desk} />
      <Needs
        total={desk.counts.teaching.value}
        least={desk.state.limits.value.least_labels}
        taught={desk.others.taught.value}
      />
      <KeepTraining state={state} shared={desk.shared} />
      <LabelNext state={state} walk={desk.walk} />
      <div class="training-now">
        {running && <Running job={running} mayRun={mayRun} />}
        {!running && picking && <Picking desk={desk} job={picking} />}
        {!running && !picking && <Start desk={desk} />}
      </div>
      {!mayRun && (
        <p class="hint" data-testid="train-locked">
          {state.lockedRun.value}
        </p>
      )}
      {!running && last?.status === 'failed' && <Failure job={last} mayRun={mayRun} />}
      {!running && last?.status === 'finished' && last.message && (
        <p class="hint" data-testid="left-out">
          {last.message}
        </p>
      )}
      {failedPicking && <Failure job={failedPicking} mayRun={mayRun} />}
      <Others desk={desk} />
    </Section>
  )
}

/** In the title's line, where it does not move anything. */
function Version({ state, last }: { state: ProjectState; last: Job | undefined }): JSX.Element {
  const version = state.current.value?.version
  const said = [last?.status === 'cancelled' && 'last one cancelled', version && `version ${version}`]
  const text = said.filter(Boolean).join(' · ')
  return (
    <span class="panel-note" title={text}>
      {text}
    </span>
  )
}

/** Opens all trainings of the project; if there are none, another project's networks. */
function Others({ desk }: { desk: TrainDesk }): JSX.Element | null {
  const some = desk.state.trainings.value.length > 0
  if (!some && !desk.state.mayRun.value) return null
  const open = (dialog: 'trainings' | 'adopt') => (): void => {
    desk.dialog.value = dialog
  }
  return some ? (
    <Button kind="quiet" icon="history" onClick={open('trainings')} data-testid="open-trainings">
      All trainings
    </Button>
  ) : (
    <Button
      kind="quiet"
      icon="copy"
      title="Pick with another project’s networks"
      onClick={open('adopt')}
      data-testid="open-adopt"
    >
      From another project…
    </Button>
  )
}

/** Starting a training: whether and how the button for it can be pressed, and why it failed. */
function useStart(desk: TrainDesk): { error: string; button: ButtonProps } {
  const { busy, error, run } = useAction()
  const button = {
    disabled:
      busy ||
      !canTrain(desk.counts.teaching.value, desk.state.limits.value.least_labels, desk.others.taught.value) ||
      !desk.state.mayRun.value,
    title: desk.state.lockedRun.value,
    onClick: () =>
      void run(async () => {
        await desk.sync.held()
        await startTraining(desk.id)
      }),
    children: desk.state.trainings.value.length > 0 ? 'Train again' : 'Train',
  }
  return { error, button }
}

function Start({ desk }: { desk: TrainDesk }): JSX.Element {
  const { error, button } = useStart(desk)
  return (
    <>
      <Button kind="primary" class="button-wide" data-testid="train" {...button} />
      {error && <ErrorNote>{error}</ErrorNote>}
    </>
  )
}

interface RunningProps {
  job: Job
  mayRun: boolean
}

/** As high as the button that it replaces, so nothing below moves. The curves float over the micrograph. */
function Running({ job, mayRun }: RunningProps): JSX.Element {
  const { busy, error, run } = useAction()
  const said = job.message || (job.status === 'queued' ? 'Waiting for the trainer' : 'Training')
  return (
    <div class="task" data-testid="training" data-status={job.status}>
      <div class="task-line">
        <span class="task-name" title={said} aria-live="polite">
          {said}
        </span>
        <IconButton
          icon="curve"
          label="Loss curves"
          popovertarget="losses"
          disabled={!job.losses?.length}
          data-testid="show-losses"
        />
        {mayRun && (
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
      <section id="losses" class="losses" popover="manual" aria-label="Loss curves">
        <LaterLossPlot losses={job.losses ?? []} />
        <IconButton icon="close" label="Close" popovertarget="losses" popovertargetaction="hide" />
      </section>
      {error && <ErrorNote>{error}</ErrorNote>}
    </div>
  )
}

function Failure({ job, mayRun }: { job: Job; mayRun: boolean }): JSX.Element {
  const { busy, error, run } = useAction()
  const what = job.kind === 'train' ? 'The training failed.' : 'Picking failed.'
  return (
    <ErrorNote>
      {error || job.error || what}
      {mayRun && (
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

/** In place of the train button, which becomes small: picking a large project takes long. */
function Picking({ desk, job }: { desk: TrainDesk; job: Job }): JSX.Element {
  const { error, button } = useStart(desk)
  const keeps = desk.state.project.value?.keep_training ?? false
  return (
    <div class="task" data-testid="picking">
      <div class="task-line">
        <span class="task-name" title={job.message}>
          {inFull(job.done)} of {inFull(job.total)} picked
        </span>
        {!keeps && <Button data-testid="train" {...button} />}
      </div>
      <Progress value={job.total > 0 ? job.done / job.total : 0} label="Picking" />
      {error && <ErrorNote>{error}</ErrorNote>}
    </div>
  )
}
