import type { JSX } from 'preact'
import type { Desk } from '../../desk/desk'
import { meanDefocus } from '../../model/micrographs/ctf'
import type { Micrograph } from '../../wire'
import { micrometres } from '../kit/format'
import { classes } from '../kit/ui'
import { Faces, RowCounts, RowName } from './micrograph-list'
import { QueueSign } from './queue-sign'

interface Props {
  desk: Pick<Desk, 'state' | 'counts' | 'overview' | 'comments'>
  row: Micrograph
  /** In the scrolled box, CSS pixels. */
  left: number
  top: number
  size: { width: number; height: number }
  place: [position: number, count: number]
  current: boolean
  show: () => void
}

/** One micrograph of the overview. */
export function MicrographCard({ desk, row, left, top, size, place, current, show }: Props): JSX.Element {
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the list has the focus and names its active option
    <div
      id={`card-${row.id}`}
      class={classes('overview-card', current && 'crop-current', row.excluded && 'row-excluded')}
      style={{ left: `${left}px`, top: `${top}px`, width: `${size.width}px`, height: `${size.height}px` }}
      role="option"
      aria-selected={current}
      aria-posinset={place[0]}
      aria-setsize={place[1]}
      data-testid="card"
      data-name={row.name}
      onClick={show}
      onKeyDown={() => undefined}
    >
      <img
        class="overview-thumb"
        src={`${desk.state.tiles.value}/${row.key}/thumb.jpg`}
        alt=""
        loading="lazy"
      />
      <Faces state={desk.state} row={row} />
      <span class="overview-text">
        <span class="overview-line">
          <RowName name={row.name} />
          <QueueSign state={desk.state} id={row.id} />
          <Note desk={desk} row={row} />
        </span>
        <RowCounts desk={desk} row={row} />
      </span>
    </div>
  )
}

/** The defocus where that is sorted by, else the score. */
function Note({ desk, row }: Pick<Props, 'desk' | 'row'>): JSX.Element | null {
  if (desk.overview.choice.value.sort === 'defocus')
    return (
      <span class="panel-note" title="Defocus">
        {row.ctf ? micrometres(meanDefocus(row.ctf), 2) : 'no CTF'}
      </span>
    )
  const score = row.picks ? desk.counts.score(row.id) : null
  if (score === null) return null
  return (
    <span class="panel-note" title="Mean particle score of the final picks">
      ø {score.toFixed(2)}
    </span>
  )
}
