import type { JSX } from 'preact'
import type { Desk } from '../../desk/desk'
import { EASY, reachOf } from '../../desk/stage/hand'
import { scaleBar } from '../../geometry/scalebar'
import { hitPoint, hitRegion } from '../../model/marks/hit'
import { figure, plural } from '../kit/format'
import { describe } from './describe'

/** Longest scale bar, CSS pixels. */
const LONGEST = 100

type StatusDesk = Pick<
  Desk,
  'state' | 'micrograph' | 'view' | 'cursor' | 'grey' | 'current' | 'diameter' | 'travel'
>

export function StatusBar({ desk }: { desk: StatusDesk }): JSX.Element {
  const micrograph = desk.micrograph.value
  const pixelSize = micrograph?.pixel_size ?? desk.state.project.value?.pixel_size ?? null
  const view = desk.view.value
  return (
    <footer class="status" data-testid="status-bar">
      <CursorPlace desk={desk} />
      <span class="status-item" data-testid="pixel-size">
        {pixelSize !== null ? `${figure(pixelSize)} Å/px` : micrograph && 'pixel size unknown'}
      </span>
      <span class="status-item status-size">
        {micrograph && `${micrograph.width} × ${micrograph.height}`}
      </span>
      {micrograph && micrograph.replaced_pixels > 0 && (
        <span
          class="status-item"
          title="NaN or infinite in the file; replaced by the median of the pixels around them"
          data-testid="replaced-pixels"
        >
          {plural(micrograph.replaced_pixels, 'pixel')} replaced
        </span>
      )}
      <UnderCursor desk={desk} />
      <span class="bar-space" />
      {view && pixelSize !== null && <ScaleBar angstromPerPixel={pixelSize / view.scale} />}
      <span class="status-item status-zoom" data-testid="zoom">
        {view && `${(view.scale * 100).toFixed(view.scale < 0.1 ? 1 : 0)} %`}
      </span>
    </footer>
  )
}

/** Where the cursor is; apart, because it changes with every move of the mouse. */
function CursorPlace({ desk }: { desk: StatusDesk }): JSX.Element {
  const at = desk.cursor.value
  const pixelSize = desk.micrograph.value?.pixel_size ?? null
  return (
    <>
      <span class="status-item status-place" data-testid="cursor-px">
        {at ? `${at.x.toFixed(1)}, ${at.y.toFixed(1)} px` : '–'}
      </span>
      <span class="status-item status-place">
        {at && pixelSize !== null
          ? `${(at.x * pixelSize).toFixed(0)}, ${(at.y * pixelSize).toFixed(0)} Å`
          : ''}
      </span>
      <span
        class="status-item status-grey"
        title="Grey on screen at the cursor, 0–255, before contrast and inversion"
        data-testid="cursor-grey"
      >
        {at && desk.grey.value !== null && `grey ${desk.grey.value}`}
      </span>
    </>
  )
}

/** Whose mark is under the cursor, of those that the canvas shows. */
function UnderCursor({ desk }: { desk: StatusDesk }): JSX.Element | null {
  const [at, id, view] = [desk.cursor.value, desk.current.value, desk.view.value]
  if (!at || id === null || !view) return null
  void desk.travel.shown.value
  const { marks, diameter } = desk.travel.of(id) ?? {
    marks: desk.state.marks.of(id),
    diameter: desk.diameter.value,
  }
  const mark =
    hitPoint(marks, [], at, reachOf(diameter, view)) ?? hitRegion(marks.regions, at, EASY / view.scale)
  return (
    <span class="status-item status-mark" data-testid="under-cursor">
      {mark && describe(mark, desk.state)}
    </span>
  )
}

function ScaleBar({ angstromPerPixel }: { angstromPerPixel: number }): JSX.Element {
  const { pixels, label } = scaleBar(angstromPerPixel, LONGEST)
  return (
    <span class="scalebar" role="img" aria-label={`Scale bar of ${label}`} data-testid="scalebar">
      <span>{label}</span>
      <span class="scalebar-line" style={{ width: `${pixels}px` }} />
    </span>
  )
}
