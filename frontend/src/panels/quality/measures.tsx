import type { JSX } from 'preact'
import { type Figure, isWide, rangeText } from '../../model/quality/interval'
import type { Measures as Values } from '../../model/quality/validation'
import { inFull } from '../kit/format'
import { classes } from '../kit/ui'

const WORDS = [
  ['precision', 'Precision', 'Share of the picks that are particles'],
  ['recall', 'Recall', 'Share of the particles that are picked'],
  ['f1', 'F1', 'Harmonic mean of precision and recall'],
] as const

/**
 * Three figures side by side with their confidence intervals; words where these are too wide, dashes where there are
 * no figures yet. `testid` goes before the name of each.
 */
export function Measures({
  values,
  testid = '',
}: {
  values: Partial<Values> | null
  testid?: string
}): JSX.Element {
  return (
    <dl class="quality">
      {WORDS.map(([key, name, title]) => (
        <div key={key} title={`${title}${inWords(values?.[key])}`}>
          <dt>{name}</dt>
          <Value figure={values?.[key]} testid={testid + key} />
        </div>
      ))}
    </dl>
  )
}

function Value({ figure, testid }: { figure: Figure | undefined; testid: string }): JSX.Element {
  const wide = figure !== undefined && isWide(figure)
  return (
    <>
      <dd class={classes('quality-value', wide && 'quality-unsure')} data-testid={testid}>
        {wide ? 'too few to say' : (figure?.value.toFixed(2) ?? '–')}
      </dd>
      <dd class="quality-range" data-testid={`${testid}-range`}>
        {figure ? rangeText(figure) : '–'}
      </dd>
    </>
  )
}

function inWords(figure: Figure | undefined): string {
  if (!figure) return ''
  const found = `${figure.value.toFixed(2)} of ${inFull(figure.of)}`
  return `: ${found}, so with 95 % confidence ${figure.low.toFixed(2)} to ${figure.high.toFixed(2)}`
}
