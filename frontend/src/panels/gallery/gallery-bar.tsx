import type { JSX } from 'preact'
import type { Gallery } from '../../desk/gallery/gallery'
import type { CropSort } from '../../model/gallery/crop-list'
import { CROP_KINDS, type CropKind } from '../../model/gallery/crops'
import type { CropSize } from '../../model/gallery/gallery-settings'
import { Choice, OrderChoice } from '../kit/choice'
import { inFull, plural } from '../kit/format'
import { classes, IconButton } from '../kit/ui'
import { CROP_NAMES, CropSign } from './crop-sign'

const SORTS: Record<CropSort, string> = {
  particle: 'Particle',
  contamination: 'Contamination',
  combined: 'Both scores',
  position: 'Place',
}
const SIZES: Record<CropSize, string> = { small: 'Small', medium: 'Medium', large: 'Large' }

/** What the gallery shows, of what, in which order. */
export function GalleryBar({ gallery }: { gallery: Gallery }): JSX.Element {
  const { plane, size, smooth } = gallery.settings.value
  const { blocks, micrographs } = gallery.host.state
  return (
    <header class="gallery-bar">
      <h2 class="sr-only">Gallery</h2>
      <span class="panel-note gallery-count" data-testid="crop-count">
        {plural(gallery.list.value.length, 'crop')}
        {gallery.some.value &&
          ` on ${inFull(blocks.size)} of ${inFull(micrographs.value.length)} micrographs`}
      </span>
      <IconButton
        icon="plane"
        label="Score plane (Shift S)"
        class={classes(plane && 'icon-button-on')}
        aria-pressed={plane}
        onClick={() => gallery.togglePlane()}
        data-testid="open-plane"
      />
      {gallery.shownClass.value ? <ShownClass gallery={gallery} /> : <CropsShown gallery={gallery} />}
      <Choice
        label="Size"
        values={SIZES}
        value={size}
        set={value => gallery.set({ size: value })}
        testid="crop-size"
      />
      <button
        type="button"
        class={classes('segment', 'segment-alone', smooth && 'segment-on')}
        aria-pressed={smooth}
        title="Smooth the crops so that noise does not hide the particles; for display only."
        onClick={() => gallery.set({ smooth: !smooth })}
        data-testid="crop-smooth"
      >
        Filtered
      </button>
      <span class="bar-space" />
      <IconButton icon="close" label="Close the gallery (Esc)" onClick={() => gallery.toggle()} />
    </header>
  )
}

/** In place of what else is chosen: the class of averages whose crops are shown. */
function ShownClass({ gallery }: { gallery: Gallery }): JSX.Element {
  return (
    <span class="shown-class" data-testid="shown-class">
      {gallery.shownClass.value?.title}, the best fit first
      <IconButton
        icon="close"
        label="Show all crops again"
        onClick={() => {
          gallery.shownClass.value = null
        }}
        data-testid="leave-class"
      />
    </span>
  )
}

function CropsShown({ gallery }: { gallery: Gallery }): JSX.Element {
  const { scope, descending, sort } = gallery.settings.value
  return (
    <>
      <Scope scope={scope} set={value => gallery.set({ scope: value })} />
      <Kinds gallery={gallery} />
      <OrderChoice
        sorts={SORTS}
        sort={sort}
        descending={descending}
        downwards="Highest or last first"
        upwards="Lowest or first first"
        set={order => gallery.set(order)}
        testid="crop"
      />
    </>
  )
}

type ScopeName = 'micrograph' | 'project'

function Scope({ scope, set }: { scope: ScopeName; set: (scope: ScopeName) => void }): JSX.Element {
  return (
    <fieldset class="segments" aria-label="Crops of">
      {(['micrograph', 'project'] as const).map(each => (
        <button
          key={each}
          type="button"
          class={classes('segment', scope === each && 'segment-on')}
          aria-pressed={scope === each}
          onClick={() => set(each)}
          data-testid={`scope-${each}`}
        >
          {each === 'micrograph' ? 'Micrograph' : 'Project'}
        </button>
      ))}
    </fieldset>
  )
}

function Kinds({ gallery }: { gallery: Gallery }): JSX.Element {
  const { kinds } = gallery.settings.value
  const flip = (kind: CropKind): void => {
    const on = kinds.includes(kind)
    gallery.set({ kinds: CROP_KINDS.filter(each => (each === kind ? !on : kinds.includes(each))) })
  }
  return (
    <fieldset class="segments" aria-label="Kinds">
      {CROP_KINDS.filter(kind => kind !== 'other' || gallery.host.others.rows.value.length > 0).map(kind => (
        <button
          key={kind}
          type="button"
          class={classes('segment', 'segment-sign', kinds.includes(kind) && 'segment-on')}
          aria-pressed={kinds.includes(kind)}
          aria-label={CROP_NAMES[kind]}
          title={CROP_NAMES[kind]}
          onClick={() => flip(kind)}
          data-testid={`kind-${kind}`}
        >
          <CropSign kind={kind} />
        </button>
      ))}
    </fieldset>
  )
}
