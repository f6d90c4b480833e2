import { useSignal } from '@preact/signals'
import type { JSX, RefObject } from 'preact'
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import { type DeletingHost, deleteHere } from '../../desk/deleting'
import type { Desk } from '../../desk/desk'
import { LABEL_KINDS } from '../../model/marks/mark'
import type { ProjectState } from '../../model/project'
import type { Micrograph } from '../../wire'
import { inFull, inShort, plural } from '../kit/format'
import { Glyph, Icon } from '../kit/icons'
import { Avatar, classes, IconButton } from '../kit/ui'
import { MicrographButton } from './micrograph-dialog'
import { QueueSign } from './queue-sign'

/** Height of a row, CSS pixels; the style sheet says the same. */
const ROW = 60
/** Characters at the end of a name that give way last, and fewest before them that are worth an ellipsis. */
const TAIL = 14
const HEAD = 4
/** Rows drawn beyond both ends of what is seen. */
const SPARE = 6
/** Faces shown on a picture before the rest is a number. */
const FACES = 2

type ListDesk = Pick<
  Desk,
  'state' | 'counts' | 'shared' | 'current' | 'open' | 'turns' | 'comments' | keyof DeletingHost
>

/** Only the rows in sight are drawn: projects have thousands of micrographs. */
export function MicrographList({ desk }: { desk: ListDesk }): JSX.Element {
  const scroller = useRef<HTMLDivElement>(null)
  const top = useSignal(0)
  const height = useSignal(800)
  const rows = desk.turns.listed.value
  const current = desk.current.value
  const first = Math.max(0, Math.floor(top.value / ROW) - SPARE)
  const last = Math.min(rows.length, Math.ceil((top.value + height.value) / ROW) + SPARE)
  useEffect(() => {
    const element = scroller.current
    if (!element) return
    const watcher = new ResizeObserver(() => {
      height.value = element.clientHeight
    })
    watcher.observe(element)
    return () => watcher.disconnect()
  }, [])
  const anchor = useAnchor(scroller, rows)
  useEffect(
    () =>
      scrollTo(
        scroller.current,
        rows.findIndex(row => row.id === current),
      ),
    [current],
  )
  return (
    <div
      ref={scroller}
      class="panel-scroll"
      onScroll={event => {
        top.value = event.currentTarget.scrollTop
        anchor(top.value)
      }}
    >
      <ul class="rows" style={{ paddingTop: `${first * ROW}px`, height: `${rows.length * ROW}px` }}>
        {rows.slice(first, last).map(row => (
          <Row key={row.id} desk={desk} row={row} open={row.id === current} />
        ))}
      </ul>
    </div>
  )
}

/** Keeps the visible part of a scrolled list in place when micrographs are added or removed above it. */
function useAnchor(
  scroller: RefObject<HTMLElement | null>,
  rows: readonly Micrograph[],
): (top: number) => void {
  const first = useRef<{ readonly id: number | undefined; readonly hidden: number } | null>(null)
  useLayoutEffect(() => {
    const place = rows.findIndex(row => row.id === first.current?.id)
    if (scroller.current && first.current && place >= 0)
      scroller.current.scrollTop = place * ROW + first.current.hidden
  }, [rows])
  return top => {
    first.current = top > 0 ? { id: rows[Math.floor(top / ROW)]?.id, hidden: top % ROW } : null
  }
}

function scrollTo(scroller: HTMLElement | null, index: number): void {
  if (!scroller || index < 0) return
  const above = index * ROW
  const below = above + ROW - scroller.clientHeight
  if (scroller.scrollTop > above) scroller.scrollTop = above
  else if (scroller.scrollTop < below) scroller.scrollTop = below
}

function Row({ desk, row, open }: { desk: ListDesk; row: Micrograph; open: boolean }): JSX.Element {
  return (
    <li
      class={classes('row', open && 'row-open', row.excluded && 'row-excluded')}
      data-testid="micrograph"
      data-name={row.name}
      data-id={row.id}
    >
      <button type="button" class="row-button" aria-current={open} onClick={() => desk.open(row.id)}>
        <span class="row-picture">
          <img
            class="row-thumb"
            src={`${desk.state.tiles.value}/${row.key}/thumb.jpg`}
            alt=""
            loading="lazy"
          />
          <Faces state={desk.state} row={row} />
        </span>
        <span class="row-text">
          <RowName name={row.name} />
          <RowCounts desk={desk} row={row} />
        </span>
        <QueueSign state={desk.state} id={row.id} />
      </button>
      {open && (
        <span class="row-acts">
          {desk.state.mayEdit.value && <MicrographButton shared={desk.shared} row={row} />}
          {desk.state.mayManage.value && (
            <IconButton
              icon="trash"
              label={`Delete ${row.name}`}
              onClick={() => void deleteHere(desk, [row.id])}
              data-testid="delete-micrograph"
            />
          )}
        </span>
      )}
    </li>
  )
}

/** The others who look at a micrograph, on its picture: there they cover no name and no number. */
export function Faces({ state, row }: { state: ProjectState; row: Micrograph }): JSX.Element {
  const me = state.you.value?.id
  const others = state.people.value.filter(person => person.micrograph === row.id && person.id !== me)
  const more = others.slice(FACES).map(({ username }) => username)
  return (
    <span class="row-faces">
      {others.slice(0, FACES).map(({ id, username }) => (
        <Avatar key={id} id={id} name={username} note="looking at this" />
      ))}
      {more.length > 0 && (
        <span class="row-more" title={`${more.join(', ')} – looking at this`}>
          +{more.length}
        </span>
      )}
    </span>
  )
}

/** Names of one data set differ at the end: the middle is shortened first, the end never. */
export function RowName({ name, title = name }: { name: string; title?: string }): JSX.Element {
  const cut = name.length < HEAD + TAIL ? 0 : name.length - TAIL
  return (
    <span class="row-name" title={title}>
      <span>{name.slice(0, cut)}</span>
      <span class="ends">{name.slice(cut)}</span>
    </span>
  )
}

interface CountsProps {
  desk: Pick<Desk, 'counts' | 'comments'>
  row: Micrograph
}

export function RowCounts({ desk, row }: CountsProps): JSX.Element {
  const tally = desk.counts.of(row.id)
  if (row.excluded) return <Excluded desk={desk} row={row} />
  if (row.pixel_size === null) return <span class="row-counts text-warn">needs pixel size</span>
  const kinds = LABEL_KINDS.filter(kind => tally[kind] > 0)
  const own = row.particle_threshold === null ? '' : ' with its own thresholds'
  const said = kinds.map(kind => plural(tally[kind], `${kind} label`))
  if (row.picks)
    said.push(`${plural(tally.final, 'final pick')}${own}, ${inFull(tally.found)} by the networks`)
  return (
    <span class="row-counts" title={said.join(', ')}>
      <Signs desk={desk} row={row} />
      {kinds.map(kind => (
        <span class="count" key={kind} data-kind={kind}>
          <Glyph kind={kind} label={`${kind} labels`} />
          {inShort(tally[kind])}
        </span>
      ))}
      {row.picks ? (
        <span class="count" data-kind="final">
          <Glyph kind="pick" label="picks" />
          {inShort(tally.final)}
          {own && '*'}
        </span>
      ) : (
        !tally.labelled && <span class="text-faint">no labels yet</span>
      )}
    </span>
  )
}

function Excluded({ desk, row }: CountsProps): JSX.Element {
  return (
    <span class="row-counts text-faint" title={row.note || 'Excluded from training, picking and downloads'}>
      <Signs desk={desk} row={row} />
      excluded
    </span>
  )
}

function Signs({ desk, row }: CountsProps): JSX.Element {
  const open = desk.comments.counts.value.get(row.id)
  const said = open && plural(open, 'open comment')
  return (
    <>
      <Flag row={row} />
      {said && (
        <span class="row-comments" title={said} role="img" aria-label={said} data-testid="row-comments">
          <Icon name="comment" size={13} />
        </span>
      )}
    </>
  )
}

function Flag({ row }: { row: Micrograph }): JSX.Element | null {
  if (!row.flagged && !row.note) return null
  const title = row.note || 'Flagged for review'
  return (
    <span class="row-flag" title={title} role="img" aria-label={title} data-testid="row-flag">
      <Icon name="flag" size={13} />
    </span>
  )
}
