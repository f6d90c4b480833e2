import type { JSX } from 'preact'
import type { Desk } from '../../desk/desk'
import type { ViewSettings } from '../../model/view/settings'
import { Section } from '../kit/section'
import { Button, classes } from '../kit/ui'
import { ColourControl } from './colour-control'
import { LookControl } from './look-control'
import { ToneControl } from './tone-control'

type ViewDesk = Pick<
  Desk,
  'state' | 'settings' | 'set' | 'micrograph' | 'histogram' | 'split' | 'flipSplit' | 'sections'
>

export function ViewPanel({ desk }: { desk: ViewDesk }): JSX.Element {
  const settings = desk.settings.value
  const set = (change: Partial<ViewSettings>): void => desk.set(change)
  return (
    <Section sections={desk.sections} title="Display" testid="display-panel" side={<Reset set={set} />}>
      <LookControl desk={desk} />
      <ToneControl desk={desk} />
      <ColourControl desk={desk} />
      <div class="switches">
        <Switch label="Circles" on={settings.shape === 'circle'} flip={() => set({ shape: 'circle' })} />
        <Switch label="Boxes" on={settings.shape === 'box'} flip={() => set({ shape: 'box' })} />
        <span class="bar-space" />
        <Switch label="Marks" on={settings.marks} flip={() => set({ marks: !settings.marks })} />
        <Switch label="Invert" on={settings.invert} flip={() => set({ invert: !settings.invert })} />
      </div>
    </Section>
  )
}

function Reset({ set }: { set: (change: Partial<ViewSettings>) => void }): JSX.Element {
  return (
    <Button
      kind="quiet"
      title="Show the image as it is stored"
      onClick={() =>
        set({ look: 'raw', split: false, auto: false, black: 0, white: 1, gamma: 1, invert: false })
      }
      data-testid="reset-display"
    >
      Reset
    </Button>
  )
}

function Switch({ label, on, flip }: { label: string; on: boolean; flip: () => void }): JSX.Element {
  return (
    <button type="button" class={classes('switch', on && 'switch-on')} aria-pressed={on} onClick={flip}>
      {label}
    </button>
  )
}
