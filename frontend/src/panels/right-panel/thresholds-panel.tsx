import { useComputed } from '@preact/signals'
import type { JSX } from 'preact'
import type { Desk } from '../../desk/desk'
import type { Thresholds } from '../../model/picks/final'
import { histograms } from '../../model/picks/histogram'
import type { Micrograph } from '../../wire'
import { inFull } from '../kit/format'
import { Section } from '../kit/section'
import { classes } from '../kit/ui'
import { Histogram } from './histogram'
import { Limits } from './limits'

const BINS = 50

interface SliderProps {
  name: 'particle' | 'contamination'
  label: string
  what: string
  value: number
  counts: Uint32Array
  set: (value: number) => void
}

function Slider({ name, label, what, value, counts, set }: SliderProps): JSX.Element {
  return (
    <div class="slider">
      <div class="slider-head">
        <label for={`threshold-${name}`}>{label}</label>
        <output data-testid={`threshold-${name}-value`}>{value.toFixed(2)}</output>
      </div>
      <Histogram counts={counts} threshold={value} keeps={name === 'particle' ? 'above' : 'below'} />
      <input
        id={`threshold-${name}`}
        class={`range range-${name}`}
        type="range"
        min="0"
        max="1"
        step="0.01"
        value={value}
        onInput={event => set(Number(event.currentTarget.value))}
        aria-describedby={`threshold-${name}-what`}
        data-testid={`threshold-${name}`}
      />
      <p class="sr-only" id={`threshold-${name}-what`}>
        {what}
      </p>
    </div>
  )
}

type ThresholdsDesk = Pick<
  Desk,
  'state' | 'counts' | 'picks' | 'current' | 'micrograph' | 'thresholds' | 'ownThresholds' | 'sections'
>

export function ThresholdsPanel({ desk }: { desk: ThresholdsDesk }): JSX.Element {
  const scores = useComputed(() => desk.state.summary.value ?? histograms(desk.picks.value, BINS))
  const { total } = scores.value
  const own = ownOf(desk.micrograph.value)
  const { particle, contamination } = own ?? desk.state.thresholds.value
  const set = (change: Partial<Thresholds>): void => {
    const id = desk.current.peek()
    if (own && id !== null) desk.ownThresholds.set(id, { particle, contamination, ...change })
    else desk.thresholds.set(change)
  }
  const two = desk.state.networks.value?.contamination ?? false
  return (
    <Section sections={desk.sections} title="Thresholds" testid="thresholds-panel">
      {total === 0 ? (
        <p class="hint">Once the networks have picked, two sliders here decide which picks are kept.</p>
      ) : (
        <>
          <p
            class="panel-note panel-line"
            title="Of the picks that the networks proposed; particles labelled by people are added to these"
            data-testid="found"
          >
            {foundIn(desk)} of {inFull(total)} picks kept
          </p>
          <Slider
            name="particle"
            label="Particle score, at least"
            what="Picks with a lower particle score are left out."
            value={particle}
            counts={scores.value.particle}
            set={value => set({ particle: value })}
          />
          {two ? (
            <Slider
              name="contamination"
              label="Contamination score, at most"
              what="Picks with a higher contamination score are left out."
              value={contamination}
              counts={scores.value.contamination}
              set={value => set({ contamination: value })}
            />
          ) : (
            <p class="hint">Mark contamination and train to get a second slider that removes it.</p>
          )}
          <OwnSwitch desk={desk} own={own !== null} />
          <Limits state={desk.state} thresholds={desk.thresholds} />
          {!desk.state.mayRun.value && (
            <p class="hint" data-testid="thresholds-local">
              Moving the sliders changes only what you see. {desk.state.lockedRun.value}
            </p>
          )}
        </>
      )}
    </Section>
  )
}

/** Of a project that only the server can count, an estimate until it has. */
function foundIn({ state, counts }: Pick<Desk, 'state' | 'counts'>): string {
  const { found } = counts.total.value
  const [summary, limits] = [state.summary.value, state.thresholds.value]
  return summary && !summary.isAt(limits) ? `about ${inFull(summary.about(found, limits))}` : inFull(found)
}

/** The thresholds of a micrograph, where it has its own. */
function ownOf(row: Micrograph | null): Thresholds | null {
  if (!row || row.particle_threshold === null || row.contamination_threshold === null) return null
  return { particle: row.particle_threshold, contamination: row.contamination_threshold }
}

function OwnSwitch({ desk, own }: { desk: ThresholdsDesk; own: boolean }): JSX.Element {
  const flip = (): void => {
    const id = desk.current.peek()
    if (id !== null) desk.ownThresholds.set(id, own ? null : desk.state.thresholds.peek())
  }
  return (
    <button
      type="button"
      class={classes('switch own-thresholds', own && 'switch-on')}
      aria-pressed={own}
      disabled={!desk.state.mayRun.value}
      title={
        desk.state.lockedRun.value ||
        'Both thresholds apply to the open micrograph only, instead of the project’s'
      }
      onClick={flip}
      data-testid="own-thresholds"
    >
      This micrograph only
    </button>
  )
}
