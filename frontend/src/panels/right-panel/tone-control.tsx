import type { JSX } from 'preact'
import type { Desk } from '../../desk/desk'
import type { ViewSettings } from '../../model/view/settings'
import { GREYS, LEAST_RANGE, toneTable } from '../../model/view/tone'
import { classes } from '../kit/ui'

/** The grey values on screen, and two bounds to drag between which they are stretched. */
export function ToneControl({ desk }: { desk: Pick<Desk, 'settings' | 'set' | 'histogram'> }): JSX.Element {
  const { settings } = desk
  const { auto, black, white, gamma } = settings.value
  return (
    <div class="tone-control">
      <div class="tone-bounds">
        <GreyHistogram counts={desk.histogram.value} settings={settings.value} />
        <Bound
          name="black"
          label="Black from grey value"
          value={black}
          set={value =>
            desk.set({ auto: false, black: Math.min(value, settings.peek().white - LEAST_RANGE) })
          }
        />
        <Bound
          name="white"
          label="White from grey value"
          value={white}
          set={value =>
            desk.set({ auto: false, white: Math.max(value, settings.peek().black + LEAST_RANGE) })
          }
        />
      </div>
      <div class="tone-row">
        <span class="tone-values" data-testid="bounds">
          {grey(black)} – {grey(white)}
        </span>
        <button
          type="button"
          class={classes('switch', auto && 'switch-on')}
          aria-pressed={auto}
          title="Let the bounds follow the image (K)"
          onClick={() => desk.set({ auto: !auto })}
          data-testid="auto-contrast"
        >
          Auto
        </button>
      </div>
      <label class="tone">
        <span>Gamma</span>
        <input
          class="range"
          type="range"
          min="-1"
          max="1"
          step="0.05"
          value={Math.log2(gamma)}
          onInput={event => desk.set({ gamma: 2 ** Number(event.currentTarget.value) })}
          onDblClick={() => desk.set({ gamma: 1 })}
          aria-valuetext={gamma.toFixed(2)}
          data-testid="gamma"
        />
        <output>{gamma.toFixed(2)}</output>
      </label>
    </div>
  )
}

const grey = (value: number): number => Math.round(value * (GREYS - 1))

interface BoundProps {
  name: 'black' | 'white'
  label: string
  value: number
  set: (value: number) => void
}

function Bound({ name, label, value, set }: BoundProps): JSX.Element {
  return (
    <input
      class={`tone-bound tone-bound-${name}`}
      type="range"
      min="0"
      max={GREYS - 1}
      step="1"
      value={grey(value)}
      onInput={event => {
        set(Number(event.currentTarget.value) / (GREYS - 1))
      }}
      aria-label={label}
      title={label}
      data-testid={`bound-${name}`}
    />
  )
}

interface HistogramProps {
  counts: Uint32Array | null
  settings: ViewSettings
}

/** Bars square-root high, so that few dark pixels show; the line is what each grey becomes. */
function GreyHistogram({ counts, settings }: HistogramProps): JSX.Element {
  // The ends hold all that was clipped when the image was stored: they would dwarf the rest.
  const highest = Math.sqrt(Math.max(1, ...(counts?.subarray(1, GREYS - 1) ?? [])))
  const bars = [...(counts ?? [])]
    .map((count, x) => `M${x} 64v${-Math.min(60, (Math.sqrt(count) / highest) * 60).toFixed(1)}h1V64z`)
    .join('')
  const line = toneTable(settings).map((shown, x) => `${x + 0.5},${(63 - shown * 62).toFixed(1)}`)
  return (
    <svg class="tone-histogram" viewBox={`0 0 ${GREYS} 64`} preserveAspectRatio="none" aria-hidden="true">
      <path class="tone-bars" d={bars} />
      <polyline class="tone-curve" points={line.join(' ')} />
    </svg>
  )
}
