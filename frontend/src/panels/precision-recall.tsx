import type { JSX } from 'preact'
import type { Thresholds } from '../model/final'
import type { HeldOut } from '../model/types'
import { atThresholds, precisionRecall } from '../model/validation'
import { type Axis, type Place, Plot, type Series } from './plot'

const UNIT = { from: 0, to: 1, ticks: [0, 0.25, 0.5, 0.75, 1] }
const RECALL: Axis = { title: 'Recall', ...UNIT }
const PRECISION: Axis = { title: 'Precision', ...UNIT }

interface Props {
  /** One training, or two to compare: a name and the places that were held out. */
  trainings: readonly { readonly name: string; readonly places: readonly HeldOut[] }[]
  thresholds: Thresholds
}

/** Precision against recall of held-out labels, and where the thresholds stand on it. */
export function PrecisionRecall({ trainings, thresholds }: Props): JSX.Element {
  const series = trainings.map(({ name, places }, i): Series => {
    const { precision, recall } = atThresholds(places, thresholds)
    const marks = [[recall, precision] as const]
    return { name, look: i === 0 ? 'first' : 'second', line: fromZero(precisionRecall(places)), marks }
  })
  return (
    <figure class="plot">
      <figcaption>
        Precision and recall
        {trainings.length > 1 &&
          series.map(({ name, look }) => (
            <span key={name} class={`key key-${look}`}>
              {name}
            </span>
          ))}
      </figcaption>
      <Plot
        label={series.map(describe).join(' ')}
        x={RECALL}
        y={PRECISION}
        series={series}
        testid="precision-recall"
      />
    </figure>
  )
}

/** Begins at recall 0, with the precision of the best place. */
function fromZero(line: Place[]): Place[] {
  return line[0] ? [[0, line[0][1]], ...line] : []
}

function describe({ name, marks }: Series): string {
  const [recall, precision] = marks?.[0] ?? [0, 0]
  return `${name}: precision ${precision.toFixed(2)} and recall ${recall.toFixed(2)} at the thresholds.`
}
