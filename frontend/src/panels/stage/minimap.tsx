import type { JSX, TargetedPointerEvent } from 'preact'
import { useRef } from 'preact/hooks'
import { hueColour, personHue } from '../../canvas/colours'
import type { Desk } from '../../desk/desk'
import type { Stage } from '../../desk/stage/stage'
import { type Visible, visible } from '../../geometry/view'

/** Longer side, CSS pixels. */
const SIZE = 132

/** The map is hidden while less than this fraction of a side is out of view. */
const HIDDEN = 0.02

interface Props {
  desk: Pick<Desk, 'micrograph' | 'view' | 'settings' | 'state' | 'presence'>
  stage: Stage
}

/** A part of a micrograph, image pixels. */
interface Part {
  readonly x: number
  readonly y: number
  readonly across: number
  readonly down: number
}

function within({ left, top, right, bottom }: Visible, width: number, height: number): Part {
  const [x, y] = [Math.max(0, left), Math.max(0, top)]
  return { x, y, across: Math.min(width, right) - x, down: Math.min(height, bottom) - y }
}

/** What others see of it; apart, because it changes with each move of theirs. */
function Others({
  desk,
  place,
}: {
  desk: Pick<Desk, 'presence' | 'settings' | 'state'>
  place: (seen: Visible) => Record<string, string>
}): JSX.Element | null {
  void desk.state.views.changed.value
  if (!desk.settings.value.cursors) return null
  return (
    <>
      {desk.presence.seenHere().map(({ person, view }) => (
        <div
          key={person}
          class="minimap-other"
          style={{ ...place(view), borderColor: hueColour(personHue(person)) }}
          title={desk.state.name(person)}
          data-testid="minimap-other"
        />
      ))}
    </>
  )
}

/** The whole micrograph in a corner, and the part of it that is on screen. A press or a drag goes there. */
export function Minimap({ desk, stage }: Props): JSX.Element | null {
  const held = useRef(false)
  const micrograph = desk.micrograph.value
  const view = desk.view.value
  if (!micrograph || !view || !desk.settings.value.map) return null
  const { width, height, key } = micrograph
  const scale = SIZE / Math.max(width, height)
  const yours = within(visible(view, 0), width, height)
  if (yours.across > (1 - HIDDEN) * width && yours.down > (1 - HIDDEN) * height) return null
  const place = (part: Part) => ({
    left: `${part.x * scale}px`,
    top: `${part.y * scale}px`,
    width: `${part.across * scale}px`,
    height: `${part.down * scale}px`,
  })
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
      <div class="minimap-view" style={place(yours)} />
      <Others desk={desk} place={seen => place(within(seen, width, height))} />
    </div>
  )
}
