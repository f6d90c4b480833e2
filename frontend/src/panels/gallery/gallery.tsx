import type { JSX } from 'preact'
import { useMemo } from 'preact/hooks'
import type { Desk } from '../../desk/desk'
import type { Gallery } from '../../desk/gallery/gallery'
import { GalleryCommands } from '../../desk/gallery/gallery-commands'
import type { Counts } from '../../model/counts'
import { START } from '../../model/gallery/gallery-settings'
import { Button, Empty } from '../kit/ui'
import { BrushStrip } from './brush-strip'
import { CropGrid } from './crop-grid'
import { Divider } from './divider'
import { GalleryBar } from './gallery-bar'
import { GuessStrip } from './guess-strip'
import { ScorePlane } from './score-plane'

interface Props {
  desk: Desk
  /** Gives the focus back to the canvas. */
  leave: () => void
}

/** A drawer below the canvas with crops of labels and picks. */
export function GalleryDrawer({ desk, leave }: Props): JSX.Element | null {
  const { gallery, state } = desk
  const commands = useMemo(() => new GalleryCommands(desk), [desk])
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
        {plane && (
          <ScorePlane gallery={gallery} state={state} picks={desk.picks} thresholds={desk.thresholds} />
        )}
        <div class="gallery-crops">
          {state.guess.value && state.mayEdit.value && !gallery.shownClass.value && (
            <GuessStrip desk={desk} commands={commands} />
          )}
          {plane && <BrushStrip gallery={gallery} commands={commands} mayEdit={state.mayEdit.value} />}
          {gallery.list.value.length === 0 ? (
            <NoCrops gallery={gallery} counts={desk.counts} />
          ) : (
            <CropGrid state={state} gallery={gallery} commands={commands} leave={leave} />
          )}
        </div>
      </div>
    </section>
  )
}

function NoCrops({ gallery, counts }: { gallery: Gallery; counts: Counts }): JSX.Element {
  const { kinds } = gallery.settings.value
  const { particle, background, contamination, final } = counts.total.value
  const none = particle + background + contamination + final === 0
  return (
    <Empty title="No crops to show">
      {gallery.shownClass.value ? (
        <p>No pick of this class is on a micrograph that takes part.</p>
      ) : gallery.brush.value ? (
        <p>No pick has scores in the brushed region.</p>
      ) : none ? (
        <p>Crops of picks and labels appear here side by side, once there are any.</p>
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
