import type { JSX } from 'preact'
import type { Thresholds } from '../../model/picks/final'
import { rangeText } from '../../model/quality/interval'
import { atThresholds, type HeldOut, precisionRecall } from '../../model/quality/validation'
import { type Axis, type Place, Plot, type Series } from '../kit/plot'

const UNIT = { from: 0, to: 1, ticks: [0, 0.25, 0.5, 0.75, 1] }
const RECALL: Axis = { title: 'Recall', ...UNIT }
const PRECISION: Axis = { title: 'Precision', ...UNIT }

const LOOKS = ['first', 'second'] as const

interface Props {
  /** One training, or two to compare: a name and the places that were held out. */
  trainings: readonly { readonly name: string; readonly places: readonly HeldOut[] }[]
  thresholds: Thresholds
}

/** Precision against recall of held-out labels, and where the thresholds stand on it. */
export function PrecisionRecall({ trainings, thresholds }: Props): JSX.Element {
  const series = trainings.map(({ name, places }, i): Series => {
    const { precision, recall } = atThresholds(places, thresholds)
    const at = [recall.value, precision.value] as const
    const line = fromZero(precisionRecall(places))
    return { name, look: LOOKS[i] ?? 'second', line, marks: [at], bars: [{ at, x: recall, y: precision }] }
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

function describe({ name, bars }: Series): string {
  const [precision, recall] = [bars?.[0]?.y, bars?.[0]?.x].map(range => (range ? rangeText(range) : '–'))
  return `${name}: precision ${precision} and recall ${recall} at the thresholds, with 95 % confidence.`
}
