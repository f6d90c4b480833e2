import type { JSX } from 'preact'
import type { Desk } from '../../desk/desk'
import { travelKeyFor } from '../../desk/keys/travel-keys'
import type { Travel } from '../../desk/travel'
import type { Tick } from '../../wire'
import { plural } from '../kit/format'
import { Button, IconButton } from '../kit/ui'
import { RestoreForm } from './restore-form'

type TravelDesk = Pick<Desk, 'state' | 'travel' | 'restorations' | 'current'>

/** Under the canvas while one looks at the past: which moment that is, a slider over all of them, and the way back. */
export function TravelBar({ desk }: { desk: TravelDesk }): JSX.Element | null {
  const { travel, restorations, state } = desk
  if (travel.at.value === null) return null
  return (
    <section class="travel" aria-label="The past" data-testid="travel">
      <div class="travel-line">
        <p class="travel-when" aria-live="polite" data-testid="travel-when">
          {travel.time.value !== undefined && (
            <>
              As of <strong>{whenInWords(travel.time.value)}</strong>
            </>
          )}
          {travel.since.value && <span class="travel-since"> after {tickInWords(travel.since.value)}</span>}
        </p>
        <Then desk={desk} />
        <span class="bar-space" />
        {state.project.value?.archived === false && state.you.value?.role !== 'viewer' && (
          <Button
            icon="history"
            aria-pressed={restorations.scope.value !== null}
            onClick={() => {
              if (restorations.scope.peek()) restorations.scope.value = null
              else restorations.ask()
            }}
            data-testid="travel-restore"
          >
            Restore…
          </Button>
        )}
        <Button kind="primary" onClick={() => travel.leave()} data-testid="travel-leave">
          Back to now <kbd>Esc</kbd>
        </Button>
      </div>
      {restorations.scope.value && <RestoreForm desk={desk} />}
      <div class="travel-line">
        <IconButton
          icon="previous"
          label="The change before, on this micrograph (←)"
          disabled={travel.shown.value?.past.previous == null}
          onClick={() => travel.step(-1)}
          data-testid="travel-back"
        />
        <Slider travel={travel} />
        <IconButton
          icon="next"
          label="The change after, on this micrograph (→)"
          disabled={travel.shown.value?.past.following == null}
          onClick={() => travel.step(1)}
          data-testid="travel-forth"
        />
      </div>
    </section>
  )
}

/** Each event of the project is a step of the slider, so that nights and weekends take no room. */
function Slider({ travel }: { travel: Travel }): JSX.Element {
  const last = Math.max(1, travel.last.value)
  const at = travel.at.value ?? last
  return (
    <div class="travel-slider">
      <input
        type="range"
        class="range"
        min={0}
        max={last}
        value={at}
        aria-label="Moment"
        aria-valuetext={travel.time.value === undefined ? 'Loading' : whenInWords(travel.time.value)}
        style={{ '--part': `${(100 * at) / last}%` }}
        onInput={event => travel.go(event.currentTarget.valueAsNumber)}
        onKeyDown={event => {
          const key = travelKeyFor(event, travel)
          if (!key) return
          event.preventDefault() // the slider's own steps are single events, anywhere in the project
          key.run(travel)
        }}
        data-testid="travel-slider"
      />
      <div class="travel-ticks" aria-hidden="true">
        {travel.timeline.value?.ticks.map(tick => (
          <span
            key={tick.sequence}
            class={`travel-tick travel-tick-${tick.type.split('.')[0]}`}
            style={{ left: `${(100 * tick.sequence) / last}%` }}
            title={tickInWords(tick)}
          />
        ))}
      </div>
    </div>
  )
}

/** How much there was on the micrograph, and why less is shown. */
function Then({ desk: { travel, current } }: { desk: TravelDesk }): JSX.Element {
  const shown = travel.shown.value
  if (shown?.micrograph !== current.value) return <span class="hint">Loading…</span>
  const { past, marks, picks } = shown
  if (!past.micrograph) return <span class="hint">This micrograph was not in the project then.</span>
  const labels = plural(marks.labels.length, 'label')
  return (
    <span class="hint" data-testid="travel-counts">
      {past.source_kept
        ? `${labels}, ${plural(picks.length, 'final pick')} here`
        : `${labels} here. The picks from that time were not kept.`}
    </span>
  )
}

/** "14:05:09 today", "09:12:00 yesterday", "12 Nov, 14:05:09". */
export function whenInWords(iso: string | null): string {
  if (iso === null) return 'the beginning'
  const time = new Date(iso)
  const clock = time.toLocaleTimeString('en-GB')
  const days = Math.round((midnight(new Date()) - midnight(time)) / 86_400_000)
  if (days < 2) return `${clock} ${days === 1 ? 'yesterday' : 'today'}`
  return `${time.toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric' })}, ${clock}`
}

function midnight(time: Date): number {
  return new Date(time.getFullYear(), time.getMonth(), time.getDate()).getTime()
}

function tickInWords({ type, name, count }: Tick): string {
  if (type === 'micrograph.added') return `the import of ${plural(count, 'micrograph')}`
  if (type === 'marks.restored') return 'a restoration'
  return name
}
