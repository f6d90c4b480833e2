import type { JSX } from 'preact'
import type { Desk } from '../../desk/desk'
import { SPLIT, splitAt } from '../../model/view/split'

interface Props {
  desk: Pick<Desk, 'split' | 'settings' | 'set'>
}

/** The line between the raw micrograph and the look chosen; dragged, or moved with the arrow keys. */
export function SplitDivider({ desk }: Props): JSX.Element | null {
  const at = desk.split.value
  if (at === null) return null
  return (
    // biome-ignore lint/a11y/useSemanticElements: a separator that moves is no <hr>
    <div
      class="split"
      style={{ left: `${100 * at}%` }}
      role="separator"
      tabIndex={0}
      aria-label="Divider between the raw micrograph and the chosen view"
      aria-orientation="vertical"
      aria-valuenow={Math.round(100 * at)}
      aria-valuemin={100 * SPLIT.least}
      aria-valuemax={100 * SPLIT.most}
      title="Drag, or press , or . – double-click to centre it"
      data-testid="split-divider"
      onPointerDown={event => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={event => {
        const room = event.currentTarget.parentElement?.getBoundingClientRect()
        if (!room || !event.currentTarget.hasPointerCapture(event.pointerId)) return
        desk.set(splitAt((event.clientX - room.left) / room.width))
      }}
      onDblClick={() => desk.set(splitAt(0.5))}
      onKeyDown={event => {
        if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return
        event.preventDefault()
        event.stopPropagation()
        desk.set(splitAt(at + (event.key === 'ArrowRight' ? SPLIT.step : -SPLIT.step)))
      }}
    >
      <span class="split-tag split-tag-left">Raw</span>
      <span class="split-tag split-tag-right">
        {desk.settings.value.look === 'denoised' ? 'Denoised' : 'Filtered'}
      </span>
    </div>
  )
}
