import { useSignal, useSignalEffect } from '@preact/signals'
import type { JSX } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import type { CropLook, CropPlace } from '../../api/crops'
import type { Gallery } from '../../desk/gallery/gallery'
import type { GalleryCommands } from '../../desk/gallery/gallery-commands'
import { GALLERY_KEYS } from '../../desk/gallery/gallery-keys'
import { keyFor } from '../../desk/keys/press'
import { inSight, type Shelves, scrollTo, shelvesOf, stepTo } from '../../geometry/shelves'
import { type CropSort, SCORES } from '../../model/gallery/crop-list'
import type { Crop } from '../../model/gallery/crops'
import { CROP_SIDES } from '../../model/gallery/gallery-settings'
import type { ProjectState } from '../../model/project'
import { useInnerSize } from '../kit/inner-size'
import { CropCell } from './crop-cell'

const GAP = 6
/** Rows drawn beyond both ends of what is seen. */
const SPARE = 2

interface Props {
  state: ProjectState
  gallery: Gallery
  commands: GalleryCommands
  leave: () => void
}

/** The crops in rows; only those in sight are drawn, so that a hundred thousand scroll. */
export function CropGrid({ state, gallery, commands, leave }: Props): JSX.Element {
  const box = useRef<HTMLDivElement>(null)
  const top = useSignal(0)
  const room = useInnerSize(box)
  const list = gallery.list.value
  const { size, smooth, sort } = gallery.settings.value
  const side = CROP_SIDES[size]
  const shelves = shelvesOf(list.length, room.value.width, { width: side, height: side }, GAP)
  const [first, end] = inSight(shelves, top.value, room.value.height, SPARE)
  const shown = list.slice(first, end)
  useSignalEffect(() => {
    if (gallery.reveals.value > 0 && box.current)
      reveal(box.current, gallery.at.peek(), side, gallery.list.peek().length)
  })
  useSignalEffect(() => {
    if (!gallery.wanted.value) return
    box.current?.focus()
    gallery.wanted.value = false
  })
  const look = { side: side * (devicePixelRatio > 1 ? 2 : 1), smooth }
  usePictures(gallery, shown, look, state.tiles.value)
  const mayEdit = state.mayEdit.value
  return (
    <div
      ref={box}
      class="crops"
      role="listbox"
      aria-label="Crops"
      aria-activedescendant={gallery.at.value >= 0 ? `crop-${gallery.at.value}` : undefined}
      tabIndex={0}
      data-testid="crops"
      onScroll={event => {
        top.value = event.currentTarget.scrollTop
      }}
      onKeyDown={event => {
        const key = keyFor(GALLERY_KEYS, event)
        if (!key) return
        event.preventDefault()
        event.stopPropagation()
        key.run({ commands, leave, move: by => move(gallery, by, shelves, room.value.height) }, event)
      }}
    >
      <div class="crops-all" style={{ height: `${shelves.height}px` }}>
        {shown.map((crop, i) => {
          const index = first + i
          const place = gallery.placeOf(crop)
          const field = gallery.field(crop.micrograph)
          return (
            <CropCell
              key={crop.mark?.id ?? `${crop.micrograph} ${crop.x} ${crop.y}`}
              crop={crop}
              index={index}
              count={list.length}
              sprite={place && gallery.sheets.of(place, look)}
              left={GAP + (index % shelves.columns) * shelves.stepX}
              top={GAP + Math.floor(index / shelves.columns) * shelves.stepY}
              side={side}
              current={index === gallery.at.value}
              selected={gallery.isSelected(crop)}
              note={note(crop, sort)}
              micrograph={state.micrograph(crop.micrograph)?.name ?? ''}
              choose={() => commands.choose(index)}
              recentre={mayEdit ? by => commands.recentre(index, { x: by.x * field, y: by.y * field }) : null}
            />
          )
        })}
      </div>
    </div>
  )
}

/** Asks for the pictures of what is shown, again once the address of tiles is another. */
function usePictures(gallery: Gallery, shown: readonly Crop[], look: CropLook, tiles: string): void {
  useEffect(() => {
    const places = shown.map(crop => gallery.placeOf(crop))
    gallery.sheets.want(
      places.filter((place): place is CropPlace => place !== null),
      look,
    )
  })
  useEffect(() => gallery.sheets.forgive(), [tiles])
}

function reveal(element: HTMLElement, index: number, side: number, count: number): void {
  if (index < 0) return
  const shelves = shelvesOf(count, element.clientWidth, { width: side, height: side }, GAP)
  element.scrollTop = scrollTo(shelves, index, element.scrollTop, element.clientHeight)
}

function move(gallery: Gallery, key: string, shelves: Shelves, height: number): void {
  const next = stepTo(key, gallery.at.peek(), gallery.list.peek().length, shelves, height)
  if (next !== null) gallery.point(next)
}

function note(crop: Crop, sort: CropSort): string {
  return SCORES[sort === 'position' ? 'particle' : sort](crop)?.toFixed(2) ?? ''
}
