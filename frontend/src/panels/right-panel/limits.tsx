import type { JSX } from 'preact'
import type { SharedThresholds } from '../../live/thresholds'
import type { ProjectState } from '../../model/project'

interface Props {
  state: ProjectState
  thresholds: SharedThresholds
}

/** Minimum distance of picks from each other and from the border. */
export function Limits({ state, thresholds }: Props): JSX.Element {
  const { minimumDistance, borderMargin } = state.thresholds.value
  const diameter = state.project.value?.particle_diameter ?? 0
  const inBoth = (value: number): string => `${value.toFixed(2)} ⌀ · ${Math.round(value * diameter)} Å`
  return (
    <>
      <Limit
        name="minimum-distance"
        label="Pick distance, at least"
        what="In particle diameters. Of two picks closer than this, the one with the better scores is kept."
        value={minimumDistance}
        most={2}
        step={0.05}
        shown={inBoth(minimumDistance)}
        set={value => thresholds.set({ minimumDistance: value })}
      />
      <Limit
        name="border-margin"
        label="Border distance, at least"
        what="In particle diameters. Picks closer to the border of the micrograph are left out; from half a diameter on, particles are whole."
        value={borderMargin}
        most={Math.max(2, borderMargin)}
        step={0.05}
        shown={inBoth(borderMargin)}
        set={value => thresholds.set({ borderMargin: value })}
      />
    </>
  )
}

interface LimitProps {
  name: string
  label: string
  what: string
  value: number
  most: number
  step: number
  shown: string
  set: (value: number) => void
}

function Limit({ name, label, what, value, most, step, shown, set }: LimitProps): JSX.Element {
  return (
    <div class="slider" title={what}>
      <div class="slider-head">
        <label for={name}>{label}</label>
        <output data-testid={`${name}-value`}>{value === 0 ? 'off' : shown}</output>
      </div>
      <input
        id={name}
        class="range"
        type="range"
        min="0"
        max={most}
        step={step}
        value={value}
        onInput={event => set(Number(event.currentTarget.value))}
        aria-valuetext={value === 0 ? 'off' : shown}
        data-testid={name}
      />
    </div>
  )
}
