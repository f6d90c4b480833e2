import type { JSX } from 'preact'
import { classes, IconButton } from './ui'

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
      class="input select"
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

interface Order<T extends string> {
  sort: T
  descending: boolean
}

interface OrderProps<T extends string> extends Order<T> {
  sorts: Record<T, string>
  downwards: string
  upwards: string
  set: (order: Partial<Order<T>>) => void
  testid: string
}

/** What a list is sorted by, and a button that reverses it; its labels say which end comes first. */
export function OrderChoice<T extends string>(props: OrderProps<T>): JSX.Element {
  const { sorts, sort, descending, downwards, upwards, set, testid } = props
  return (
    <>
      <Choice
        label="Sort by"
        values={sorts}
        value={sort}
        set={value => set({ sort: value })}
        testid={`${testid}-sort`}
      />
      <IconButton
        icon={descending ? 'down' : 'up'}
        label={descending ? downwards : upwards}
        onClick={() => set({ descending: !descending })}
        data-testid={`${testid}-order`}
      />
    </>
  )
}

interface SegmentsProps<T extends string> {
  /** Id of the element that names the choice. */
  labelledBy: string
  values: Record<T, string>
  value: T
  set: (value: T) => void
  testid: string
}

/** A few values side by side, one of them chosen. */
export function Segments<T extends string>(props: SegmentsProps<T>): JSX.Element {
  const { labelledBy, values, value, set, testid } = props
  return (
    <fieldset class="segments" aria-labelledby={labelledBy}>
      {(Object.keys(values) as T[]).map(each => (
        <button
          key={each}
          type="button"
          class={classes('segment', value === each && 'segment-on')}
          aria-pressed={value === each}
          onClick={() => set(each)}
          data-testid={`${testid}-${each}`}
        >
          {values[each]}
        </button>
      ))}
    </fieldset>
  )
}
