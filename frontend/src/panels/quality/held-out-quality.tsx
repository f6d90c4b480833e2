import type { JSX } from 'preact'
import { cancelJob, dismissJob } from '../../api/projects'
import { validateTraining } from '../../api/trainings'
import type { ProjectState } from '../../model/project'
import { isWide } from '../../model/quality/interval'
import { atThresholds, figuresOf } from '../../model/quality/validation'
import type { Figures, Job, Training } from '../../wire'
import { useAction } from '../kit/action'
import { plural } from '../kit/format'
import { Button, ErrorNote, Progress } from '../kit/ui'
import { Measures } from './measures'
import { PrecisionRecall } from './precision-recall'
import { ScoreHistograms } from './score-histograms'
import { useTraining } from './use-training'

/** How many labels the figures come from. */
export function HeldOut({ state }: { state: ProjectState }): JSX.Element | null {
  const training = state.current.value
  const figures = training && figuresOf(training)
  if (!figures) return null
  return <span class="panel-note">on {plural(figures.particles + figures.others, 'held-out label')}</span>
}

/** How good the current networks are, estimated from held-out labels. */
export function HeldOutQuality({ state }: { state: ProjectState }): JSX.Element {
  const training = state.current.value
  const figures = training && figuresOf(training)
  return (
    <>
      <Running state={state} />
      {training && figures ? (
        <Found state={state} training={training} figures={figures} />
      ) : (
        <NoFigures state={state} training={training} />
      )}
    </>
  )
}

interface FoundProps {
  state: ProjectState
  training: Training
  figures: Figures
}

function Found({ state, training, figures }: FoundProps): JSX.Element {
  const places = useTraining(training)?.held_out ?? []
  const thresholds = state.thresholds.value
  const values = places.length ? atThresholds(places, thresholds) : null
  const whole = figures.whole_micrographs ? 'Whole micrographs were' : 'A fifth of the labels was'
  return (
    <>
      <Measures values={values} testid="held-out-" />
      <PrecisionRecall
        trainings={[{ name: `Version ${training.version}`, places }]}
        thresholds={thresholds}
      />
      <details class="unfold">
        <summary>Scores by kind of label</summary>
        <ScoreHistograms places={places} thresholds={thresholds} two={training.has_contamination_network} />
      </details>
      <p class="hint">
        {whole} held out to test networks trained on the rest. The ring marks the thresholds, its cross the 95
        % confidence intervals of precision and recall.
      </p>
      {values && isWide(values.recall) && (
        <p class="hint" data-testid="too-few">
          {plural(figures.particles, 'held-out particle')} and{' '}
          {plural(figures.others, 'other held-out label')} are too few to say how good the networks are. Label
          more and train again.
        </p>
      )}
    </>
  )
}

interface NoFiguresProps {
  state: ProjectState
  training: Training | null
}

/** Why there are no figures, and how to get them. */
export function NoFigures({ state, training }: NoFiguresProps): JSX.Element | null {
  if (!training)
    return (
      <p class="hint">
        After a training, a fifth of your labels is held out to measure precision and recall at any
        thresholds. There is nothing to set up.
      </p>
    )
  if (training.origin)
    return (
      <p class="hint">
        These networks come from “{training.origin.project}”. Label and train here to get figures for this
        project.
      </p>
    )
  if (training.validation && 'reason' in training.validation)
    return (
      <p class="hint" data-testid="no-figures">
        {training.validation.reason}
      </p>
    )
  return state.jobs.value.some(isValidation) ? null : <Validate state={state} training={training} />
}

function Validate({ state, training }: { state: ProjectState; training: Training }): JSX.Element {
  const { busy, error, run } = useAction()
  const picking = state.jobs.value.some(job => job.kind === 'pick' && job.status !== 'failed')
  if (picking) return <p class="hint">The networks are validated on held-out labels once they have picked.</p>
  return (
    <>
      <p class="hint">Version {training.version} has not been validated on held-out labels yet.</p>
      <Button
        disabled={busy || !state.mayRun.value}
        title={state.lockedRun.value}
        onClick={() => void run(async () => void (await validateTraining(training.id)))}
        data-testid="validate"
      >
        Validate
      </Button>
      {error && <ErrorNote>{error}</ErrorNote>}
    </>
  )
}

const isValidation = ({ kind }: Job): boolean => kind === 'validate'

/** A validation under way, or one that failed. */
function Running({ state }: { state: ProjectState }): JSX.Element | null {
  const { busy, error, run } = useAction()
  const job = state.jobs.value.find(isValidation)
  if (!job) return null
  const mayRun = state.mayRun.value
  if (job.status === 'failed')
    return (
      <ErrorNote>
        {error || job.error || 'The validation failed.'}
        {mayRun && (
          <Button
            kind="quiet"
            disabled={busy}
            onClick={() => void run(async () => void (await dismissJob(job.id)))}
          >
            Dismiss
          </Button>
        )}
      </ErrorNote>
    )
  return (
    <div class="task" data-testid="validating">
      <div class="task-line">
        <span class="task-name">{job.message || 'Waiting to validate'}</span>
        {mayRun && (
          <Button disabled={busy} onClick={() => void run(async () => void (await cancelJob(job.id)))}>
            Cancel
          </Button>
        )}
      </div>
      <Progress value={job.total > 0 ? job.done / job.total : 0} label="Validation" />
      {error && <ErrorNote>{error}</ErrorNote>}
    </div>
  )
}
