import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { weightsUrl } from '../../api/trainings'
import type { Desk } from '../../desk/desk'
import { LABEL_KINDS } from '../../model/marks/mark'
import type { ProjectState } from '../../model/project'
import { type Figure, isWide, rangeText } from '../../model/quality/interval'
import { averagePrecisionOf, bestF1Of, figuresOf } from '../../model/quality/validation'
import type { Training } from '../../wire'
import { useAction } from '../kit/action'
import { Dialog } from '../kit/dialog'
import { duration, shortTime } from '../kit/format'
import { Glyph, Icon } from '../kit/icons'
import { Button, Empty, ErrorNote } from '../kit/ui'
import { Compare } from './compare'
import { LearningCurve } from './learning-curve'

/** Most trainings that are looked at side by side. */
const MOST = 2

interface Props {
  desk: Pick<Desk, 'state' | 'shared' | 'dialog'>
  close: () => void
}

/** Every training of the project: what it learnt from and how good it is; compare two, or make one current again. */
export function TrainingsDialog({ desk, close }: Props): JSX.Element {
  const trainings = [...desk.state.trainings.value].sort((a, b) => b.version - a.version)
  const current = desk.state.current.value
  const chosen = useSignal<readonly number[]>(current ? [current.id] : [])
  const { busy, error, run } = useAction()
  const choose = (id: number): void => {
    const others = chosen.value.filter(other => other !== id)
    chosen.value = others.length < chosen.value.length ? others : [...others, id].slice(-MOST)
  }
  const goBack = (id: number): void => void run(() => desk.shared.change(null, { current_training: id }))
  return (
    <Dialog title="Trainings" close={close} size="large">
      {trainings.length === 0 ? (
        <Empty title="No training yet">
          <p class="hint">
            Every training is kept here, with its labels, settings and figures, to compare and go back to.
          </p>
        </Empty>
      ) : (
        <>
          <LearningCurve trainings={trainings} />
          <div class="table-scroll">
            <table class="table" data-testid="trainings">
              <thead>
                <tr>
                  <th scope="col">Compare</th>
                  <th scope="col">Version</th>
                  <th scope="col">Trained</th>
                  <th scope="col" title="What it learnt from: labels, and accepted, moved or rejected picks">
                    Labels
                  </th>
                  <th scope="col">Time</th>
                  <th scope="col" title="Average precision on held-out labels">
                    AP
                  </th>
                  <th scope="col" title="Best F1 on held-out labels, over all thresholds">
                    Best F1
                  </th>
                  <th scope="col">
                    <span class="sr-only">Actions</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {trainings.map(training => (
                  <Row
                    key={training.id}
                    state={desk.state}
                    training={training}
                    chosen={chosen.value.includes(training.id)}
                    choose={() => choose(training.id)}
                    goBack={busy ? null : () => goBack(training.id)}
                  />
                ))}
              </tbody>
            </table>
          </div>
          {error && <ErrorNote>{error}</ErrorNote>}
          <Compare state={desk.state} trainings={trainings.filter(({ id }) => chosen.value.includes(id))} />
        </>
      )}
      <footer class="dialog-foot">
        {desk.state.mayRun.value && (
          <Button icon="copy" onClick={() => (desk.dialog.value = 'adopt')} data-testid="open-adopt">
            Start from another project’s networks…
          </Button>
        )}
        <Button onClick={close}>Close</Button>
      </footer>
    </Dialog>
  )
}

/** A figure above its confidence interval; `none` says why there is none. */
function FigureCell({ figure, none }: { figure: Figure | null; none: string }): JSX.Element {
  if (!figure) return <td title={none}>–</td>
  return (
    <td class="table-figure" title={`${rangeText(figure)} with 95 % confidence`}>
      {isWide(figure) ? 'too few to say' : figure.value.toFixed(2)}
      <span class="table-note table-range">{rangeText(figure)}</span>
    </td>
  )
}

interface RowProps {
  state: ProjectState
  training: Training
  chosen: boolean
  choose: () => void
  /** Null while another request is under way. */
  goBack: (() => void) | null
}

function Row({ state, training, chosen, choose, goBack }: RowProps): JSX.Element {
  const { id, version, created_at, created_by, labels, seconds, origin } = training
  const isCurrent = state.current.value?.id === id
  const figures = figuresOf(training)
  const none =
    training.validation && 'reason' in training.validation ? training.validation.reason : 'Not validated'
  return (
    <tr data-testid="training-row" data-version={version} data-current={isCurrent}>
      <td>
        <input type="checkbox" checked={chosen} onChange={choose} aria-label={`Compare version ${version}`} />
      </td>
      <th scope="row">
        {version}
        {isCurrent && <span class="badge">current</span>}
      </th>
      <td class="table-wrap">
        {shortTime(created_at)} · {created_by === null ? 'automatic' : state.name(created_by)}
        {origin && (
          <span class="table-note">
            from “{origin.project}”, version {origin.training}
          </span>
        )}
      </td>
      <td class="table-labels">
        {LABEL_KINDS.map(kind => (
          <span key={kind} title={`${labels[kind] ?? 0} ${kind}`}>
            <Glyph kind={kind} />
            {labels[kind] ?? 0}
          </span>
        ))}
      </td>
      <td>{seconds === null ? '–' : duration(seconds)}</td>
      <FigureCell figure={figures && averagePrecisionOf(figures)} none={none} />
      <FigureCell figure={figures && bestF1Of(figures)} none={none} />
      <td class="table-actions">
        {!isCurrent && (
          <Button
            disabled={!goBack || !state.mayRun.value}
            title={state.lockedRun.value}
            onClick={() => goBack?.()}
            data-testid="make-current"
          >
            Make current
          </Button>
        )}
        <a
          class="icon-button"
          href={weightsUrl(id)}
          download
          title="Download the networks (safetensors)"
          aria-label={`Download the networks of version ${version}`}
        >
          <Icon name="download" />
        </a>
      </td>
    </tr>
  )
}
