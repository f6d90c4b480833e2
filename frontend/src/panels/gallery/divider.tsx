import type { JSX } from 'preact'

const LEAST = 0.15
const MOST = 0.85
const STEP = 0.05

/** The edge between what lies above and below; dragged, or moved with the arrow keys. */
export function Divider({ share, set }: { share: number; set: (share: number) => void }): JSX.Element {
  const put = (value: number): void => set(Math.min(MOST, Math.max(LEAST, value)))
  return (
    // biome-ignore lint/a11y/useSemanticElements: a separator that moves is no <hr>
    <div
      class="divider"
      role="separator"
      tabIndex={0}
      aria-label="Height of the gallery"
      aria-orientation="horizontal"
      aria-valuenow={Math.round(share * 100)}
      aria-valuemin={LEAST * 100}
      aria-valuemax={MOST * 100}
      data-testid="gallery-divider"
      onPointerDown={event => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={event => {
        const room = event.currentTarget.parentElement?.parentElement?.getBoundingClientRect()
        if (!room || !event.currentTarget.hasPointerCapture(event.pointerId)) return
        put((room.bottom - event.clientY) / room.height)
      }}
      onDblClick={() => put(share > 0.6 ? 0.4 : MOST)}
      onKeyDown={event => {
        if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return
        event.preventDefault()
        event.stopPropagation()
        put(share + (event.key === 'ArrowUp' ? STEP : -STEP))
      }}
    />
  )
}
