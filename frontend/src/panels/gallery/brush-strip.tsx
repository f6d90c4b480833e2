import type { JSX } from 'preact'
import type { GalleryCommands } from '../../desk/gallery-commands'
import { plural } from '../kit/format'
import { Button } from '../kit/ui'

/** Above the crops beside the score plane: actions on all picks in the brush. */
export function BrushStrip({ commands }: { commands: GalleryCommands }): JSX.Element {
  const { gallery, desk } = commands
  const chosen = gallery.brush.value !== null
  const count = gallery.list.value.length
  return (
    <div class="brush-strip">
      <span class="panel-note">
        {chosen
          ? `${plural(count, 'crop')} with scores in the brush`
          : 'Drag in the plane to choose picks by score.'}
      </span>
      {desk.state.mayEdit.value &&
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
