import type { JSX } from 'preact'
import type { ProjectState } from '../../model/project'
import { comparisons, verdict } from '../../model/quality/comparison'
import { type Figure, figureText } from '../../model/quality/interval'
import { differences, figuresOf } from '../../model/quality/validation'
import type { Training, TrainingDetail } from '../../wire'
import { NoFigures } from '../quality/held-out-quality'
import { PrecisionRecall } from '../quality/precision-recall'
import { ScoreHistograms } from '../quality/score-histograms'
import { useTraining } from '../quality/use-training'
import { LossPlot } from './loss-plot'

interface Props {
  state: ProjectState
  trainings: readonly Training[]
}

/** One training closely, or two side by side. */
export function Compare({ state, trainings }: Props): JSX.Element {
  const first = useTraining(trainings[0] ?? null)
  const second = useTraining(trainings[1] ?? null)
  const details = [first, second].filter(detail => detail !== null)
  if (trainings.length === 0)
    return <p class="hint">Tick one training to see its details, or two to compare them.</p>
  const judged = details.filter(figuresOf)
  return (
    <section class="compare" aria-label="Comparison" data-testid="compare">
      <Table state={state} details={details} />
      {judged.length > 0 && (
        <PrecisionRecall
          trainings={judged.map(({ version, held_out }) => ({
            name: `Version ${version}`,
            places: held_out,
          }))}
          thresholds={state.thresholds.value}
        />
      )}
      {details.map(detail => (
        <Closely key={detail.id} state={state} detail={detail} />
      ))}
      {trainings.length === 1 && <p class="hint compare-wide">Tick a second training to compare the two.</p>}
    </section>
  )
}

function Closely({ state, detail }: { state: ProjectState; detail: TrainingDetail }): JSX.Element {
  return (
    <div class="compare-one">
      <h3>Version {detail.version}</h3>
      <LossPlot losses={detail.losses} />
      {figuresOf(detail) ? (
        <ScoreHistograms
          places={detail.held_out}
          thresholds={state.thresholds.value}
          two={detail.has_contamination_network}
        />
      ) : (
        <NoFigures state={state} training={detail} />
      )}
      <details class="unfold">
        <summary>Settings</summary>
        <table class="table compare-table">
          <tbody>
            {differences({}, detail.settings).map(([name, , value]) => (
              <Cells key={name} name={name} values={[value]} />
            ))}
          </tbody>
        </table>
      </details>
    </div>
  )
}

interface TableProps {
  state: ProjectState
  details: readonly TrainingDetail[]
}

type Line = readonly [name: string, of: (detail: TrainingDetail) => string]

function Table({ state, details }: TableProps): JSX.Element {
  const figures = comparisons(state.thresholds.value)
  const lines: Line[] = [
    ...figures.map(([name, of]): Line => [name, detail => textOf(of(detail))]),
    ['Held-out labels', heldOut],
    ['Networks', ({ has_contamination_network: two }) => (two ? 'two' : 'particle only')],
    ['Seed', ({ seed }) => String(seed)],
  ]
  const [a, b] = details
  const changed = a && b ? differences(a.settings, b.settings) : []
  return (
    <div class="compare-one">
      <table class="table compare-table">
        <thead>
          <tr>
            <th scope="col" />
            {details.map(({ id, version }) => (
              <th key={id} scope="col">
                Version {version}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map(([name, of]) => (
            <Cells key={name} name={name} values={details.map(of)} />
          ))}
          {changed.map(([name, ...values]) => (
            <Cells key={name} name={name} values={values} />
          ))}
          {b && changed.length === 0 && <Cells name="Settings" values={['same', 'same']} />}
        </tbody>
      </table>
      {a && b && figuresOf(a) && figuresOf(b) && (
        <p class="hint" data-testid="compare-verdict">
          {verdict(figures, [a, b])}
        </p>
      )}
    </div>
  )
}

function Cells({ name, values }: { name: string; values: readonly string[] }): JSX.Element {
  return (
    <tr>
      <th scope="row">{name}</th>
      {values.map((value, i) => (
        <td key={`${i}${value}`}>{value}</td>
      ))}
    </tr>
  )
}

function textOf(figure: Figure | null): string {
  return figure ? figureText(figure) : '–'
}

function heldOut(detail: TrainingDetail): string {
  const figures = figuresOf(detail)
  if (!figures) return '–'
  return `${figures.particles} particles, ${figures.others} others`
}
