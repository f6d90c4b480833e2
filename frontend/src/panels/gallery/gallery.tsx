import type { JSX } from 'preact'
import { useMemo } from 'preact/hooks'
import type { Commands } from '../../desk/commands'
import type { Desk } from '../../desk/desk'
import { GalleryCommands } from '../../desk/gallery-commands'
import { START } from '../../model/gallery-settings'
import { Button, Empty } from '../kit/ui'
import { BrushStrip } from './brush-strip'
import { CropGrid } from './crop-grid'
import { Divider } from './divider'
import { GalleryBar } from './gallery-bar'
import { ScorePlane } from './score-plane'

interface Props {
  desk: Desk
  commands: Commands
  /** Gives the focus back to the canvas. */
  leave: () => void
}

/** A drawer below the canvas with crops of labels and picks. */
export function GalleryDrawer({ desk, commands, leave }: Props): JSX.Element | null {
  const { gallery } = desk
  const acts = useMemo(() => new GalleryCommands(desk, gallery, commands), [desk, commands])
  const { open, plane, share } = gallery.settings.value
  if (!open) return null
  return (
    <section
      class="gallery"
      style={{ flexBasis: `${share * 100}%` }}
      aria-label="Gallery"
      data-testid="gallery"
    >
      <Divider share={share} set={value => gallery.set({ share: value })} />
      <GalleryBar gallery={gallery} />
      <div class="gallery-body">
        {plane && <ScorePlane gallery={gallery} />}
        <div class="gallery-crops">
          {plane && <BrushStrip commands={acts} />}
          {gallery.list.value.length === 0 ? (
            <NoCrops desk={desk} />
          ) : (
            <CropGrid gallery={gallery} commands={acts} leave={leave} />
          )}
        </div>
      </div>
    </section>
  )
}

function NoCrops({ desk }: { desk: Desk }): JSX.Element {
  const { gallery } = desk
  const { kinds } = gallery.settings.value
  desk.counts.version.value
  const { particle, background, contamination, final } = desk.counts.total()
  const none = particle + background + contamination + final === 0
  return (
    <Empty title="No crops to show">
      {gallery.brush.value ? (
        <p>No pick has scores in the brushed region.</p>
      ) : none ? (
        <p>Crops of labels and picks appear here side by side, once you have marked particles or trained.</p>
      ) : (
        <>
          <p>
            {kinds.length === 0
              ? 'No kind of crop is selected above.'
              : 'This micrograph has none of the selected kinds.'}
          </p>
          <div class="field-row">
            <Button onClick={() => gallery.set({ scope: 'project' })}>Show the whole project</Button>
            <Button onClick={() => gallery.set({ kinds: START.kinds })}>Show final picks</Button>
          </div>
        </>
      )}
    </Empty>
  )
}
