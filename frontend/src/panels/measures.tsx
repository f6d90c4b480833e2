import type { JSX } from 'preact'
import type { Measures as Values } from '../model/validation'

const WORDS = [
  ['precision', 'Precision', 'Share of the picks that are particles'],
  ['recall', 'Recall', 'Share of the particles that are picked'],
  ['f1', 'F1', 'Harmonic mean of precision and recall'],
] as const

/** Three numbers side by side; dashes where they are not known yet. `testid` goes before the name of each. */
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
        <div key={key} title={title}>
          <dt>{name}</dt>
          <dd data-testid={testid + key}>{values?.[key]?.toFixed(2) ?? '–'}</dd>
        </div>
      ))}
    </dl>
  )
}
