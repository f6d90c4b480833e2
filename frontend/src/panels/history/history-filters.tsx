import type { JSX } from 'preact'
import type { Desk } from '../../desk/desk'
import { HISTORY_KINDS } from '../../model/history/words'
import { Choice } from '../kit/choice'

/** What the list is narrowed to: a person, a kind, the open micrograph, a time. */
export function HistoryFilters({ desk }: { desk: Pick<Desk, 'state' | 'history' | 'current'> }): JSX.Element {
  const { history, state, current } = desk
  const { person, kind, micrograph, since, until } = history.filter.value
  const members = Object.fromEntries(state.members.value.map(({ id, username }) => [id, username]))
  const row = state.micrograph(micrograph ?? current.value)
  return (
    <div class="history-filters">
      <Choice
        label="Who"
        values={{ '': 'Everyone', ...members } as Record<string, string>}
        value={String(person ?? '')}
        set={value => history.narrow({ person: value === '' ? null : Number(value) })}
        testid="history-person"
      />
      <Choice
        label="What"
        values={{ '': 'Everything', ...HISTORY_KINDS } as Record<string, string>}
        value={kind ?? ''}
        set={value => history.narrow({ kind: value || null })}
        testid="history-kind"
      />
      <label class="check history-wide">
        <input
          type="checkbox"
          checked={micrograph !== null}
          disabled={!row && micrograph === null}
          onChange={event =>
            history.narrow({ micrograph: event.currentTarget.checked ? (row?.id ?? null) : null })
          }
          data-testid="history-here"
        />
        <span class="history-name">{row ? `Only ${row.name}` : 'Only the open micrograph'}</span>
      </label>
      <Day label="From" iso={since} set={day => history.narrow({ since: day })} testid="history-since" />
      <Day label="Until" iso={until} end set={day => history.narrow({ until: day })} testid="history-until" />
    </div>
  )
}

interface DayProps {
  label: string
  iso: string | null
  /** Whether the day itself is within. */
  end?: boolean
  set: (iso: string | null) => void
  testid: string
}

/** A day of this person's own time zone: its beginning, or where it `end`s. */
function Day({ label, iso, end = false, set, testid }: DayProps): JSX.Element {
  return (
    <label class="field">
      <span class="field-label">{label}</span>
      <input
        type="date"
        class="input"
        value={iso === null ? '' : dayOf(new Date(Date.parse(iso) - (end ? 1 : 0)))}
        onChange={event => {
          const [year = 0, month = 0, day = 0] = event.currentTarget.value.split('-').map(Number)
          set(year ? new Date(year, month - 1, day + (end ? 1 : 0)).toISOString() : null)
        }}
        data-testid={testid}
      />
    </label>
  )
}

/** 2026-11-27, in this person's own time zone. */
function dayOf(time: Date): string {
  const two = (part: number): string => String(part).padStart(2, '0')
  return `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`
}
