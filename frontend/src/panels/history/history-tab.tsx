import type { JSX } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import type { Desk } from '../../desk/desk'
import type { HistoryEntry } from '../../wire'
import { Button, Empty, ErrorNote } from '../kit/ui'
import { EntryRow } from './entry-row'
import { HistoryFilters } from './history-filters'

/** How near to the end one scrolls before more is fetched, CSS pixels. */
const AHEAD = 800

/** What anyone did, the newest first, and the way to how it was before. */
export function HistoryTab({ desk }: { desk: Desk }): JSX.Element {
  const { history, travel } = desk
  const scroller = useRef<HTMLDivElement>(null)
  const entries = history.entries.value
  useEffect(() => history.follow(), [history])
  const fill = (): void => {
    const { scrollTop = 0, clientHeight = 0, scrollHeight = 0 } = scroller.current ?? {}
    if (scrollTop + clientHeight > scrollHeight - AHEAD) void history.older()
  }
  useEffect(fill, [entries])
  return (
    <div ref={scroller} class="panel-scroll" onScroll={fill}>
      <section class="section history">
        <div class="panel-title">
          <h2>History</h2>
          <Button
            icon="history"
            aria-pressed={travel.at.value !== null}
            disabled={desk.current.value === null}
            title="A slider over all moments, under the canvas"
            onClick={() => (travel.active ? travel.leave() : travel.begin())}
            data-testid="travel-begin"
          >
            Look back
          </Button>
        </div>
        <HistoryFilters desk={desk} />
      </section>
      {history.error.value && <ErrorNote>{history.error.value}</ErrorNote>}
      {entries.length === 0 && !history.busy.value && (
        <Empty title="Nothing here yet">
          <p>Labels, verdicts and settings are listed here, with who changed them and when.</p>
        </Empty>
      )}
      <ol class="history-days" data-testid="history">
        {days(entries).map(([day, some]) => (
          <li key={day}>
            <h3 class="history-day">{day}</h3>
            <ol class="history-rows">
              {some.map(entry => (
                <EntryRow key={entry.last} desk={desk} entry={entry} />
              ))}
            </ol>
          </li>
        ))}
      </ol>
      {history.busy.value && (
        <p class="hint history-more" aria-live="polite">
          Loading…
        </p>
      )}
    </div>
  )
}

/** Entries by the day on which they ended. */
function days(entries: readonly HistoryEntry[]): [string, HistoryEntry[]][] {
  const found = new Map<string, HistoryEntry[]>()
  for (const entry of entries) {
    const day = dayInWords(new Date(entry.until))
    const some = found.get(day)
    if (some) some.push(entry)
    else found.set(day, [entry])
  }
  return [...found]
}

function dayInWords(day: Date): string {
  const today = new Date()
  const yesterday = new Date(today.getFullYear(), today.getMonth(), today.getDate() - 1)
  if (day.toDateString() === today.toDateString()) return 'Today'
  if (day.toDateString() === yesterday.toDateString()) return 'Yesterday'
  return day.toLocaleDateString('en-GB', { weekday: 'short', day: 'numeric', month: 'long', year: 'numeric' })
}
