import type { JSX } from 'preact'
import type { Desk } from '../desk/desk'
import { PLAIN, type ViewSettings } from '../model/settings'
import { Button, classes } from './ui'

export function ViewPanel({ desk }: { desk: Desk }): JSX.Element {
  const settings = desk.settings.value
  const set = (change: Partial<ViewSettings>): void => {
    desk.settings.value = { ...desk.settings.peek(), ...change }
  }
  return (
    <section class="section" aria-label="Display">
      <div class="panel-title">
        <h2>Display</h2>
        <Button
          kind="quiet"
          onClick={() =>
            set({ brightness: PLAIN.brightness, contrast: PLAIN.contrast, invert: PLAIN.invert })
          }
        >
          Reset
        </Button>
      </div>
      <Tone
        name="brightness"
        label="Brightness"
        value={settings.brightness}
        set={brightness => set({ brightness })}
      />
      <Tone name="contrast" label="Contrast" value={settings.contrast} set={contrast => set({ contrast })} />
      <div class="switches">
        <Switch label="Circles" on={settings.shape === 'circle'} flip={() => set({ shape: 'circle' })} />
        <Switch label="Boxes" on={settings.shape === 'box'} flip={() => set({ shape: 'box' })} />
        <span class="bar-space" />
        <Switch label="Marks" on={settings.marks} flip={() => set({ marks: !settings.marks })} />
        <Switch label="Invert" on={settings.invert} flip={() => set({ invert: !settings.invert })} />
      </div>
    </section>
  )
}

interface ToneProps {
  name: 'brightness' | 'contrast'
  label: string
  value: number
  set: (value: number) => void
}

/** The slider is logarithmic: as much room for darker as for brighter. */
function Tone({ name, label, value, set }: ToneProps): JSX.Element {
  return (
    <label class="tone">
      <span>{label}</span>
      <input
        class="range"
        type="range"
        min="-1"
        max="1"
        step="0.02"
        value={Math.log2(value) / 2}
        onInput={event => set(4 ** Number(event.currentTarget.value))}
        onDblClick={() => set(1)}
        data-testid={name}
      />
    </label>
  )
}

function Switch({ label, on, flip }: { label: string; on: boolean; flip: () => void }): JSX.Element {
  return (
    <button type="button" class={classes('switch', on && 'switch-on')} aria-pressed={on} onClick={flip}>
      {label}
    </button>
  )
}
