import type { JSX } from 'preact'
import type { Desk } from '../../desk/desk'
import { inFull } from '../kit/format'
import { Icon } from '../kit/icons'
import { classes } from '../kit/ui'
import { BehindText } from './behind'

/** The watched folders of this session, above the list of micrographs: how far each is. */
export function LiveStrip({ desk }: { desk: Pick<Desk, 'state' | 'dialog'> }): JSX.Element | null {
  const watched = desk.state.watched.value.filter(row => row.stopped_at === null)
  if (watched.length === 0) return null
  return (
    <button
      type="button"
      class="live-strip"
      onClick={() => {
        desk.dialog.value = 'live'
      }}
      data-testid="live-strip"
    >
      <span class="live-lines">
        {watched.map(row => (
          <span key={row.id} class="live-line" title={row.place}>
            <span class={classes('live-dot', row.error && 'live-dot-off')} />
            <span>
              {row.error ? (
                'Folder cannot be read'
              ) : (
                <>
                  {inFull(row.imported)} of {inFull(row.found)} imported · <BehindText watched={row} />
                </>
              )}
            </span>
          </span>
        ))}
      </span>
      <Icon name="next" size={14} />
    </button>
  )
}
