import { useSignal } from '@preact/signals'
import type { CSSProperties, JSX } from 'preact'
import { useRef } from 'preact/hooks'
import type { Sprite } from '../../desk/gallery/sheets'
import type { Point } from '../../geometry/point'
import type { Crop } from '../../model/gallery/crops'
import { classes } from '../kit/ui'
import { CROP_NAMES, CropSign } from './crop-sign'

/** A press that wanders less than this, CSS pixels, is a click. */
const CLICK = 4

interface Props {
  crop: Crop
  index: number
  count: number
  sprite: Sprite | null
  /** In the scrolled box, CSS pixels. */
  left: number
  top: number
  side: number
  current: boolean
  /** On the canvas, as one of several maybe. */
  selected: boolean
  /** The score that the list is sorted by, in figures. */
  note: string
  micrograph: string
  choose: () => void
  /** Moves the centre by a share of the crop's side; null where this person may not. */
  recentre: ((by: Point) => void) | null
}

/** One crop. A click chooses it; dragging its picture puts another place into its middle. */
export function CropCell(props: Props): JSX.Element {
  const { crop, index, side, sprite, current, note } = props
  const start = useRef<Point | null>(null)
  const drag = useSignal<Point | null>(null)
  const moved = (event: PointerEvent): Point | null => {
    const from = start.current
    if (!from) return null
    const by = { x: event.clientX - from.x, y: event.clientY - from.y }
    return drag.value || Math.hypot(by.x, by.y) > CLICK ? by : null
  }
  const end = (): void => {
    start.current = null
    drag.value = null
  }
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the list has the focus and names its active option
    <div
      id={`crop-${index}`}
      class={classes(
        'crop',
        `crop-${crop.kind}`,
        props.selected && 'crop-selected',
        current && 'crop-current',
        drag.value && 'crop-dragged',
      )}
      style={{ left: `${props.left}px`, top: `${props.top}px`, width: `${side}px`, height: `${side}px` }}
      role="option"
      aria-selected={current || props.selected}
      aria-posinset={index + 1}
      aria-setsize={props.count}
      aria-label={describe(crop, props.micrograph)}
      data-testid="crop"
      data-index={index}
      data-kind={crop.kind}
      data-loaded={sprite !== null}
      onPointerDown={event => {
        if (event.button !== 0) return
        start.current = { x: event.clientX, y: event.clientY }
        event.currentTarget.setPointerCapture(event.pointerId)
      }}
      onPointerMove={event => {
        if (props.recentre) drag.value = moved(event)
      }}
      onPointerUp={event => {
        const by = moved(event)
        if (by && props.recentre) props.recentre({ x: -by.x / side, y: -by.y / side })
        else if (start.current && !by) props.choose()
        end()
      }}
      onPointerCancel={end}
    >
      <div class="crop-picture" style={{ ...picture(sprite), ...shifted(drag.value) }} />
      <span class="crop-sign">
        <CropSign kind={crop.kind} />
      </span>
      <span class="crop-note">{note}</span>
    </div>
  )
}

function picture(sprite: Sprite | null): CSSProperties {
  if (!sprite) return {}
  const { url, column, row, columns, rows } = sprite
  const across = (column / (columns - 1)) * 100
  const down = rows > 1 ? (row / (rows - 1)) * 100 : 0
  return {
    backgroundImage: `url("${url}")`,
    backgroundSize: `${columns * 100}% ${rows * 100}%`,
    backgroundPosition: `${across}% ${down}%`,
  }
}

function shifted(by: Point | null): CSSProperties {
  return by ? { transform: `translate(${by.x}px, ${by.y}px)` } : {}
}

function describe(crop: Crop, micrograph: string): string {
  const score = (value: number | null): string => (value === null ? 'none' : value.toFixed(2))
  const scores = `particle score ${score(crop.particleScore)}, contamination score ${score(crop.contaminationScore)}`
  return `${CROP_NAMES[crop.kind]}: ${scores}, on ${micrograph}`
}
