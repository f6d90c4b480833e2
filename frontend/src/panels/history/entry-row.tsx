import type { JSX } from 'preact'
import type { Desk } from '../../desk/desk'
import { inWords } from '../../model/history/words'
import type { HistoryEntry } from '../../wire'
import { Icon } from '../kit/icons'
import { Avatar, IconButton } from '../kit/ui'

/** One thing that somebody did: a press goes to where it is. */
export function EntryRow({ desk, entry }: { desk: Desk; entry: HistoryEntry }): JSX.Element {
  const { state, travel } = desk
  const [who, what] = inWords(state, entry)
  const there = state.micrograph(entry.micrograph)
  const go = (): void => {
    if (!there) return
    desk.open(there.id)
    desk.flash(entry.places.map(([x, y]) => ({ x, y })))
  }
  const where = entry.type.startsWith('assignments.') ? '' : (there?.name ?? entry.name)
  return (
    <li class="history-row" data-testid="history-entry">
      {entry.actor !== null ? <Avatar id={entry.actor} name={who} /> : <Icon name="settings" size={20} />}
      <button
        type="button"
        class="history-what"
        disabled={!there}
        title={there ? 'Show where' : undefined}
        onClick={go}
      >
        <span class="history-words">
          {who && <strong>{who} </strong>}
          {what}
          {where && <span class="history-where"> on {where}</span>}
        </span>
        <time class="history-time" dateTime={entry.until}>
          {span(entry)}
        </time>
      </button>
      <IconButton
        icon="history"
        label="View the project before this change"
        disabled={desk.current.value === null}
        onClick={() => {
          if (there) desk.open(there.id)
          travel.begin(entry.first - 1)
        }}
        data-testid="history-before"
      />
    </li>
  )
}

/** "14:02", "14:02–14:09". */
function span({ since, until }: HistoryEntry): string {
  const clock = (iso: string): string =>
    new Date(iso).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })
  return clock(since) === clock(until) ? clock(until) : `${clock(since)}–${clock(until)}`
}
