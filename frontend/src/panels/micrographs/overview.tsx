import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import type { Desk } from '../../desk/desk'
import type { Overview } from '../../desk/overview'
import { inSight, scrollTo, shelvesOf, stepTo } from '../../geometry/shelves'
import type { CardSort, CardState } from '../../model/micrographs/overview'
import type { Micrograph } from '../../wire'
import { Choice, OrderChoice } from '../kit/choice'
import { plural } from '../kit/format'
import { useInnerSize } from '../kit/inner-size'
import { Empty, IconButton } from '../kit/ui'
import { MicrographCard } from './micrograph-card'

const CELL = { width: 188, height: 226 }
/** Of cards where there is much room, and so wide room it takes, CSS pixels. */
const LARGE = { width: 280, height: 322, from: 2000 }
const GAP = 12
/** Rows drawn beyond both ends of what is seen. */
const SPARE = 2

const SORTS: Record<CardSort, string> = {
  name: 'Name',
  picks: 'Picks',
  labels: 'Labels',
  score: 'Mean score',
  defocus: 'Defocus',
  time: 'Import time',
}
const STATES: Record<CardState, string> = {
  all: 'All',
  labelled: 'With labels',
  unlabelled: 'Without labels',
  judged: 'With reviewed picks',
  unjudged: 'Without reviewed picks',
  picked: 'Picked',
  unpicked: 'Not picked yet',
  flagged: 'Flagged',
  excluded: 'Excluded',
}

interface Props {
  desk: Pick<Desk, 'overview' | 'state' | 'counts' | 'open' | 'comments'>
  /** Gives the focus back to the canvas. */
  leave: () => void
}

/** All micrographs with what is known of each, over the canvas. */
export function OverviewPage({ desk, leave }: Props): JSX.Element | null {
  const { overview } = desk
  if (!overview.open.value) return null
  const close = (): void => {
    overview.open.value = false
    leave()
  }
  const list = overview.list.value
  return (
    <section
      class="overview"
      aria-label="Overview"
      data-testid="overview"
      onKeyDown={event => {
        if (event.key === 'Escape') close()
        if (!event.ctrlKey && !event.metaKey && !event.shiftKey) event.stopPropagation()
      }}
    >
      <Bar overview={overview} shown={list.length} close={close} />
      {list.length === 0 ? (
        <Empty title="No micrographs to show">
          <p>None matches the name and state chosen above.</p>
        </Empty>
      ) : (
        <Cards desk={desk} list={list} leave={leave} />
      )}
    </section>
  )
}

function Bar({
  overview,
  shown,
  close,
}: {
  overview: Overview
  shown: number
  close: () => void
}): JSX.Element {
  const { sort, descending, state, text } = overview.choice.value
  return (
    <header class="gallery-bar">
      <h2>Overview</h2>
      <span class="panel-note overview-count" data-testid="overview-count">
        {plural(shown, 'micrograph')}
      </span>
      <input
        class="input overview-search"
        type="search"
        placeholder="Part of the name"
        aria-label="Part of the name"
        value={text}
        onInput={event => overview.set({ text: event.currentTarget.value })}
        data-testid="overview-text"
      />
      <Choice
        label="State"
        values={STATES}
        value={state}
        set={value => overview.set({ state: value })}
        testid="overview-state"
      />
      <OrderChoice
        sorts={SORTS}
        sort={sort}
        descending={descending}
        downwards="Most or last first"
        upwards="Least or first first"
        set={order => overview.set(order)}
        testid="overview"
      />
      <span class="bar-space" />
      <IconButton icon="close" label="Back to the canvas (Esc)" onClick={close} />
    </header>
  )
}

interface CardsProps extends Props {
  list: readonly Micrograph[]
}

function Cards({ desk, list, leave }: CardsProps): JSX.Element {
  const { overview } = desk
  const box = useRef<HTMLDivElement>(null)
  const top = useSignal(0)
  const room = useInnerSize(box)
  const cell = room.value.width < LARGE.from ? CELL : LARGE
  const shelves = shelvesOf(list.length, room.value.width, cell, GAP)
  const [first, end] = inSight(shelves, top.value, room.value.height, SPARE)
  const index = list.findIndex(row => row.id === overview.at.value)
  const indent = (room.value.width - shelves.columns * shelves.stepX - GAP) / 2
  useLayoutEffect(() => box.current?.focus({ preventScroll: true }), [])
  useEffect(() => {
    if (box.current && index >= 0)
      box.current.scrollTop = scrollTo(shelves, index, box.current.scrollTop, box.current.clientHeight)
  }, [overview.at.value, room.value.width, list.length])
  const show = (row: Micrograph | undefined): void => {
    if (!row) return
    desk.open(row.id)
    leave()
  }
  return (
    <div
      ref={box}
      class="crops"
      role="listbox"
      aria-label="Micrographs"
      aria-activedescendant={index >= 0 ? `card-${list[index]?.id}` : undefined}
      tabIndex={0}
      data-testid="overview-cards"
      onScroll={event => {
        top.value = event.currentTarget.scrollTop
      }}
      onKeyDown={event => {
        const next = stepTo(event.key, index, list.length, shelves, room.value.height)
        if (next !== null) overview.at.value = list[next]?.id ?? null
        else if (event.key === 'Enter') show(list[index])
        else return
        event.preventDefault()
        event.stopPropagation()
      }}
    >
      <div class="crops-all" style={{ height: `${shelves.height}px` }}>
        {list.slice(first, end).map((row, i) => (
          <MicrographCard
            key={row.id}
            desk={desk}
            row={row}
            left={indent + GAP + ((first + i) % shelves.columns) * shelves.stepX}
            top={GAP + Math.floor((first + i) / shelves.columns) * shelves.stepY}
            size={cell}
            place={[first + i + 1, list.length]}
            current={first + i === index}
            show={() => show(row)}
          />
        ))}
      </div>
    </div>
  )
}
