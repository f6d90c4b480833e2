import type { Signal } from '@preact/signals'
import type { JSX } from 'preact'
import type { Desk } from '../../desk/desk'
import type { Stage } from '../../desk/stage/stage'
import type { How } from '../../model/marks/selection'
import { BRUSH } from '../../model/view/settings'
import { Button, classes } from '../kit/ui'

interface Props {
  desk: Pick<Desk, 'tool' | 'mode' | 'settings' | 'set' | 'state'>
  stage: Stage
}

/** What the tool in hand can be set to, at the top of the canvas; all of it has keys too. */
export function ToolOptions({ desk, stage }: Props): JSX.Element | null {
  const tool = desk.tool.value
  const mayEdit = desk.state.mayEdit.value
  if (tool === 'box' || tool === 'lasso') {
    return <Modes mode={desk.mode} name="Select" modes={{ replace: 'New', add: 'Add', remove: 'Subtract' }} />
  }
  if (!mayEdit) return null
  if (tool === 'erase') return <EraserSize desk={desk} />
  if (tool !== 'region' && tool !== 'polygon') return null
  return (
    <Modes mode={desk.mode} name="Region" modes={{ replace: 'Draw', remove: 'Cut' }}>
      {tool === 'polygon' && (
        <>
          <Button kind="quiet" onClick={() => stage.back()}>
            Back
          </Button>
          <Button kind="quiet" onClick={() => stage.finish()} data-testid="close-polygon">
            Close
          </Button>
        </>
      )}
    </Modes>
  )
}

interface ModesProps {
  mode: Signal<How>
  name: string
  modes: Partial<Record<How, string>>
  children?: JSX.Element | false
}

const KEYS: Record<How, string> = { replace: '', add: ' (Shift)', remove: ' (Alt)' }

function Modes({ mode, name, modes, children }: ModesProps): JSX.Element {
  const entries = Object.entries(modes) as [How, string][]
  return (
    <fieldset class="tool-options" aria-label={`${name}: what a press does`} data-testid="tool-options">
      <span>{name}</span>
      {entries.map(([each, label]) => (
        <button
          key={each}
          type="button"
          class={classes('switch', mode.value === each && 'switch-on')}
          aria-pressed={mode.value === each}
          title={`${label}${KEYS[each]}`}
          onClick={() => {
            mode.value = each
          }}
          data-testid={`mode-${each}`}
        >
          {label}
        </button>
      ))}
      {children}
    </fieldset>
  )
}

/** The slider is logarithmic, from least to most. */
function EraserSize({ desk }: Pick<Props, 'desk'>): JSX.Element {
  const span = Math.log(BRUSH.most / BRUSH.least)
  const { brush } = desk.settings.value
  return (
    <label class="tool-options" data-testid="tool-options">
      <span>Eraser</span>
      <input
        class="range"
        type="range"
        min="0"
        max="1"
        step="0.01"
        value={Math.log(brush / BRUSH.least) / span}
        onInput={event => {
          const size = Math.round(BRUSH.least * Math.exp(Number(event.currentTarget.value) * span))
          desk.set({ brush: size })
        }}
        aria-valuetext={`${2 * brush} pixels across`}
        data-testid="eraser-size"
      />
      <output>{2 * brush} px</output>
      <kbd>[</kbd>
      <kbd>]</kbd>
    </label>
  )
}
