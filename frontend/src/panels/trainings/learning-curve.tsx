import type { JSX } from 'preact'
import { rangeText } from '../../model/quality/interval'
import { advice, LEAST_GROWTH, LEAST_LESSONS, type Lesson, lessons } from '../../model/quality/learning'
import type { Training } from '../../wire'
import { type Axis, type Bar, Plot, type Series } from '../kit/plot'

const FIGURE: Axis = { title: 'Held-out labels', from: 0, to: 1, ticks: [0, 0.25, 0.5, 0.75, 1] }

/** Figures of all validated trainings against the number of labels, and what more labels would do. */
export function LearningCurve({ trainings }: { trainings: readonly Training[] }): JSX.Element {
  const rows = lessons(trainings)
  return (
    <section class="learning" aria-label="Learning curve">
      {rows.length > 0 && <Curve rows={rows} />}
      <div class="learning-words">
        <h3>Would more labels help?</h3>
        <p data-testid="advice">{words(rows)}</p>
        <p class="hint">
          After each training, a second pair of networks is trained on four fifths of the labels and tested on
          the last fifth; the networks that pick learn from all labels. Bars and ± are 95 % confidence
          intervals.
        </p>
      </div>
    </section>
  )
}

function Curve({ rows }: { rows: readonly Lesson[] }): JSX.Element {
  const labels = [...new Set(rows.map(row => row.labels))]
  const [least, most] = [labels[0] as number, labels.at(-1) as number]
  const x: Axis = {
    title: 'Labels',
    from: least / 1.15,
    to: most * 1.15,
    ticks: ticks(least, most),
    log: true,
  }
  const places = (of: (row: Lesson) => number) => rows.map(row => [row.labels, of(row)] as const)
  const [ap, f1] = [places(row => row.averagePrecision), places(row => row.bestF1)]
  const series: Series[] = [
    { name: 'Average precision', look: 'first', line: ap, marks: ap, bars: rows.map(bar) },
    { name: 'Best F1', look: 'second', line: f1, marks: f1 },
  ]
  return (
    <figure class="plot">
      <figcaption>
        Learning curve
        <span class="key key-first">average precision</span>
        <span class="key key-second">best F1</span>
      </figcaption>
      <Plot label={rows.map(describe).join(' ')} x={x} y={FIGURE} series={series} testid="learning-curve" />
    </figure>
  )
}

function bar({ labels, averagePrecision, range }: Lesson): Bar {
  return { at: [labels, averagePrecision], y: range }
}

/** The ends, and doublings between them that are not too near to an end. */
function ticks(least: number, most: number): number[] {
  const between = []
  for (let value = least * 2; value < most / 1.4; value *= 2) between.push(value)
  return most > least ? [least, ...between, most] : [least]
}

function describe({ version, labels, averagePrecision, range, bestF1 }: Lesson): string {
  const found = `${averagePrecision.toFixed(2)} (${rangeText(range)})`
  return `Version ${version}, ${labels} labels: average precision ${found}, best F1 ${bestF1.toFixed(2)}.`
}

function words(rows: readonly Lesson[]): string {
  const { advice: said, gain, error } = advice(rows)
  switch (said) {
    case 'early':
      return `Not enough data yet: this needs ${LEAST_LESSONS} validated trainings, the largest with ${LEAST_GROWTH} times the labels of the smallest; there ${rows.length === 1 ? 'is' : 'are'} ${rows.length} so far. Label more and train again.`
    case 'helps':
      return `More labels would still help: twice as many should raise average precision by about ${gain.toFixed(2)} (± ${error.toFixed(2)}).`
    case 'hardly':
      return `More labels would hardly help: twice as many would change average precision by about ${gain.toFixed(2)} (± ${error.toFixed(2)}). Correct picks where the networks are wrong instead.`
    case 'unclear':
      return `Too early to tell: twice as many labels would change average precision by ${gain.toFixed(2)} ± ${error.toFixed(2)}. More held-out labels make this more certain.`
  }
}
