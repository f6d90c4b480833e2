import type { JSX } from 'preact'
import type { Gallery } from '../../desk/gallery/gallery'
import type { GalleryCommands } from '../../desk/gallery/gallery-commands'
import { plural } from '../kit/format'
import { Button } from '../kit/ui'

interface Props {
  gallery: Gallery
  commands: GalleryCommands
  mayEdit: boolean
}

/** Above the crops beside the score plane: actions on all picks in the brush. */
export function BrushStrip({ gallery, commands, mayEdit }: Props): JSX.Element {
  const chosen = gallery.brush.value !== null
  const count = gallery.list.value.length
  return (
    <div class="brush-strip">
      <span class="panel-note">
        {chosen
          ? `${plural(count, 'crop')} with scores in the brush`
          : 'Drag in the plane to choose picks by score.'}
      </span>
      {mayEdit &&
        (['accept', 'reject'] as const).map(kind => (
          <Button
            key={kind}
            kind="quiet"
            icon={kind === 'accept' ? 'check' : 'close'}
            disabled={!chosen || count === 0}
            onClick={() => commands.judgeAll(kind)}
            data-testid={`${kind}-all`}
          >
            {kind === 'accept' ? 'Accept all' : 'Reject all'}
          </Button>
        ))}
    </div>
  )
}
