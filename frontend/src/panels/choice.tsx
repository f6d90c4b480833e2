import type { JSX } from 'preact'

interface Props<T extends string> {
  label: string
  values: Record<T, string>
  value: T
  set: (value: T) => void
  testid: string
}

/** A small drop-down; its label is read out and shown on hover. */
export function Choice<T extends string>({ label, values, value, set, testid }: Props<T>): JSX.Element {
  return (
    <select
      class="input gallery-choice"
      aria-label={label}
      title={label}
      value={value}
      onChange={event => set(event.currentTarget.value as T)}
      data-testid={testid}
    >
      {(Object.keys(values) as T[]).map(each => (
        <option key={each} value={each}>
          {values[each]}
        </option>
      ))}
    </select>
  )
}
