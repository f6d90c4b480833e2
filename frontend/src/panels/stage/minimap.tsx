import type { JSX, TargetedPointerEvent } from 'preact'
import { useRef } from 'preact/hooks'
import type { Desk } from '../../desk/desk'
import type { Stage } from '../../desk/stage/stage'
import { visible } from '../../geometry/view'

/** Longer side, CSS pixels. */
const SIZE = 132

/** The map is hidden while less than this fraction of a side is out of view. */
const HIDDEN = 0.02

interface Props {
  desk: Pick<Desk, 'micrograph' | 'view' | 'settings' | 'state'>
  stage: Stage
}

/** The whole micrograph in a corner, and the part of it that is on screen. A press or a drag goes there. */
export function Minimap({ desk, stage }: Props): JSX.Element | null {
  const held = useRef(false)
  const micrograph = desk.micrograph.value
  const view = desk.view.value
  if (!micrograph || !view || !desk.settings.value.map) return null
  const { width, height, key } = micrograph
  const scale = SIZE / Math.max(width, height)
  const { left, top, right, bottom } = visible(view, 0)
  const [x, y] = [Math.max(0, left), Math.max(0, top)]
  const [across, down] = [Math.min(width, right) - x, Math.min(height, bottom) - y]
  if (across > (1 - HIDDEN) * width && down > (1 - HIDDEN) * height) return null
  const go = (event: TargetedPointerEvent<HTMLDivElement>): void => {
    const box = event.currentTarget.getBoundingClientRect()
    stage.viewer.centreOn({ x: (event.clientX - box.left) / scale, y: (event.clientY - box.top) / scale })
  }
  return (
    <div
      class="minimap"
      style={{ width: `${width * scale}px`, height: `${height * scale}px` }}
      title="Minimap (Shift M hides it)"
      onPointerDown={event => {
        held.current = true
        event.currentTarget.setPointerCapture(event.pointerId)
        go(event)
      }}
      onPointerMove={event => held.current && go(event)}
      onPointerUp={() => {
        held.current = false
      }}
      data-testid="minimap"
    >
      <img src={`${desk.state.tiles.value}/${key}/thumb.jpg`} alt="The whole micrograph" draggable={false} />
      <div
        class="minimap-view"
        style={{
          left: `${x * scale}px`,
          top: `${y * scale}px`,
          width: `${across * scale}px`,
          height: `${down * scale}px`,
        }}
      />
    </div>
  )
}
