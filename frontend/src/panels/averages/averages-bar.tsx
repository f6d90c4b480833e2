import type { JSX } from 'preact'
import type { Desk } from '../../desk/desk'
import type { AverageSize } from '../../model/averages/averages-settings'
import type { ClassSort } from '../../model/averages/class-order'
import { Choice, OrderChoice } from '../kit/choice'
import { IconButton } from '../kit/ui'
import { madeBy, nameOf } from './class-words'

const SORTS: Record<ClassSort, string> = {
  count: 'Picks',
  resolution: 'Resolution',
  particle: 'Particle score',
  contamination: 'Contamination score',
}
const SIZES: Record<AverageSize, string> = { small: 'Small', medium: 'Medium', large: 'Large' }
const NONE = 'none'

interface Props {
  desk: Pick<Desk, 'averages' | 'state'>
  close: () => void
}

/** Which averages are shown, beside which others, in which order. */
export function AveragesBar({ desk, close }: Props): JSX.Element {
  const { averages, state } = desk
  const { sort, descending, size } = averages.settings.value
  const rows = averages.rows.value
  const row = averages.shown.value
  const others = rows.filter(({ number, classes }) => number !== row?.number && classes)
  return (
    <header class="gallery-bar">
      <h2 class={row ? 'sr-only' : ''}>Averages</h2>
      {row && (
        <>
          <select
            class="input select averages-choice"
            aria-label="Averages"
            title={madeBy(state, row)}
            value={row.number}
            onChange={event => averages.choose(Number(event.currentTarget.value))}
            data-testid="averages-choice"
          >
            {rows.map(each => (
              <option key={each.number} value={each.number}>
                {nameOf(each)}
              </option>
            ))}
          </select>
          {others.length > 0 && (
            <Choice
              label="Compare with"
              values={{
                [NONE]: 'Compare with …',
                ...Object.fromEntries(others.map(each => [`to-${each.number}`, nameOf(each)])),
              }}
              value={averages.compared.value ? `to-${averages.compared.value.number}` : NONE}
              set={value => averages.compareWith(value === NONE ? null : Number(value.slice(3)))}
              testid="averages-compare"
            />
          )}
          <OrderChoice
            sorts={SORTS}
            sort={sort}
            descending={descending}
            downwards="Highest first"
            upwards="Lowest first"
            set={order => averages.set(order)}
            testid="class"
          />
          <Choice
            label="Size"
            values={SIZES}
            value={size}
            set={value => averages.set({ size: value })}
            testid="class-size"
          />
        </>
      )}
      <span class="bar-space" />
      <IconButton icon="close" label="Back to the canvas (Esc)" onClick={close} />
    </header>
  )
}
