import type { JSX } from 'preact'
import type { Desk } from '../../desk/desk'
import { type Look, roundWave, WAVES } from '../../model/view/look'
import { classes } from '../kit/ui'

const LOOKS: readonly { look: Look['look']; label: string; title: string }[] = [
  { look: 'raw', label: 'Raw', title: 'The micrograph as it is' },
  { look: 'filtered', label: 'Filtered', title: 'Low-pass and high-pass (Shift D)' },
  {
    look: 'denoised',
    label: 'Denoised',
    title: 'Less noise, by a Wiener filter, which invents nothing (D)',
  },
]

interface Props {
  desk: Pick<Desk, 'settings' | 'set' | 'micrograph' | 'split' | 'flipSplit'>
}

/** Raw, filtered or denoised: for the eyes only, never for the networks. */
export function LookControl({ desk }: Props): JSX.Element {
  const { look, lowPass, highPass } = desk.settings.value
  const split = desk.split.value !== null
  const known = desk.micrograph.value === null || desk.micrograph.value.pixel_size !== null
  return (
    <div class="look-control">
      <div class="look-row">
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a row everywhere */}
        <div class="looks" role="group" aria-label="Image">
          {LOOKS.map(entry => (
            <button
              key={entry.look}
              type="button"
              class={classes('look', look === entry.look && 'look-on')}
              aria-pressed={look === entry.look}
              title={entry.title}
              onClick={() => desk.set({ look: entry.look })}
              data-testid={`look-${entry.look}`}
            >
              {entry.label}
            </button>
          ))}
        </div>
        <button
          type="button"
          class={classes('switch', split && 'switch-on')}
          aria-pressed={split}
          title="Raw on the left, the chosen view on the right (Shift V)"
          onClick={() => desk.flipSplit()}
          data-testid="split"
        >
          Split
        </button>
      </div>
      {look === 'filtered' && !known && (
        <p class="hint">Filters are in Å: set the pixel size in the project's settings first.</p>
      )}
      {look === 'filtered' && known && (
        <>
          <Wave name="lowPass" label="Low-pass" value={lowPass} set={value => desk.set({ lowPass: value })} />
          <Wave
            name="highPass"
            label="High-pass"
            value={highPass}
            set={value => desk.set({ highPass: value })}
          />
        </>
      )}
    </div>
  )
}

interface WaveProps {
  name: 'lowPass' | 'highPass'
  label: string
  value: number | null
  set: (value: number | null) => void
}

/** A logarithmic slider that ends where the filter is off: finest on the left, coarsest on the right. */
function Wave({ name, label, value, set }: WaveProps): JSX.Element {
  const [least, most] = WAVES[name]
  const off = name === 'lowPass' ? 0 : 1
  const place = value === null ? off : Math.log(value / least) / Math.log(most / least)
  const text = value === null ? 'off' : `${value} Å`
  return (
    <label class="tone">
      <span>{label}</span>
      <input
        class="range"
        type="range"
        min="0"
        max="1"
        step="0.01"
        value={place}
        onInput={event => {
          const at = Number(event.currentTarget.value)
          set(at === off ? null : roundWave(least * (most / least) ** at))
        }}
        aria-valuetext={text}
        data-testid={name}
      />
      <output>{text}</output>
    </label>
  )
}
