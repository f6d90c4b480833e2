import type { JSX } from 'preact'
import type { Desk } from '../../desk/desk'
import type { Stage } from '../../desk/stage'
import type { How } from '../../model/selection'
import { BRUSH } from '../../model/settings'
import { Button, classes } from '../kit/ui'

/** What the tool in hand can be set to, at the top of the canvas; all of it has keys too. */
export function ToolOptions({ desk, stage }: { desk: Desk; stage: Stage }): JSX.Element | null {
  const tool = desk.tool.value
  const mayEdit = desk.state.mayEdit.value
  if (tool === 'box' || tool === 'lasso') {
    return <Modes desk={desk} name="Select" modes={{ replace: 'New', add: 'Add', remove: 'Subtract' }} />
  }
  if (!mayEdit) return null
  if (tool === 'erase') return <EraserSize desk={desk} />
  if (tool !== 'region' && tool !== 'polygon') return null
  return (
    <Modes desk={desk} name="Region" modes={{ replace: 'Draw', remove: 'Cut' }}>
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
  desk: Desk
  name: string
  modes: Partial<Record<How, string>>
  children?: JSX.Element | false
}

const KEYS: Record<How, string> = { replace: '', add: ' (Shift)', remove: ' (Alt)' }

function Modes({ desk, name, modes, children }: ModesProps): JSX.Element {
  const entries = Object.entries(modes) as [How, string][]
  return (
    <fieldset class="tool-options" aria-label={`${name}: what a press does`} data-testid="tool-options">
      <span>{name}</span>
      {entries.map(([mode, label]) => (
        <button
          key={mode}
          type="button"
          class={classes('switch', desk.mode.value === mode && 'switch-on')}
          aria-pressed={desk.mode.value === mode}
          title={`${label}${KEYS[mode]}`}
          onClick={() => {
            desk.mode.value = mode
          }}
          data-testid={`mode-${mode}`}
        >
          {label}
        </button>
      ))}
      {children}
    </fieldset>
  )
}

/** The slider is logarithmic, from least to most. */
function EraserSize({ desk }: { desk: Desk }): JSX.Element {
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
          desk.settings.value = { ...desk.settings.peek(), brush: size }
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
