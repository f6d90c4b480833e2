import type { JSX } from 'preact'
import type { Desk } from '../desk/desk'
import { BRUSH } from '../model/settings'

/** What the tool in hand can be set to, at the top of the canvas. */
export function ToolOptions({ desk }: { desk: Desk }): JSX.Element | null {
  if (!desk.state.mayEdit.value) return null
  return desk.tool.value === 'erase' ? <EraserSize desk={desk} /> : null
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
