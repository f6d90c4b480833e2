import { useSignal, useSignalEffect } from '@preact/signals'
import type { JSX } from 'preact'
import type { Desk } from '../desk/desk'
import { type Histograms, histograms } from '../model/histogram'
import { plural } from './format'
import { Histogram } from './histogram'

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

export function ThresholdsPanel({ desk }: { desk: Desk }): JSX.Element {
  const scores = useSignal<Histograms>(histograms([], BINS))
  useSignalEffect(() => {
    desk.picksVersion.value
    scores.value = histograms(desk.state.blocks.all(), BINS)
  })
  const { total } = scores.value
  const { particle, contamination } = desk.state.thresholds.value
  desk.counts.version.value
  const two = desk.state.current.value?.has_contamination_network ?? false
  return (
    <section class="section" aria-label="Thresholds" data-testid="thresholds-panel">
      <div class="panel-title">
        <h2>Thresholds</h2>
        {total > 0 && (
          <span class="panel-note">
            {plural(desk.counts.total().final, 'pick')} of {total.toLocaleString('en')}
          </span>
        )}
      </div>
      {total === 0 ? (
        <p class="hint">Once the networks have picked, two sliders here decide which picks count.</p>
      ) : (
        <>
          <Slider
            name="particle"
            label="Particle score, at least"
            what="Picks with a lower particle score are left out."
            value={particle}
            counts={scores.value.particle}
            set={value => desk.thresholds.set({ particle: value })}
          />
          {two ? (
            <Slider
              name="contamination"
              label="Contamination score, at most"
              what="Picks with a higher contamination score are left out."
              value={contamination}
              counts={scores.value.contamination}
              set={value => desk.thresholds.set({ contamination: value })}
            />
          ) : (
            <p class="hint">Mark contamination and train again for a second slider that removes it.</p>
          )}
          {!desk.state.mayEdit.value && (
            <p class="hint">Your sliders act for you alone: nothing is shared while you may only look.</p>
          )}
        </>
      )}
    </section>
  )
}
