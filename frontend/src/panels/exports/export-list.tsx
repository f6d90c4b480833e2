import type { JSX } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { exportFileUrl } from '../../api/exports'
import type { Desk } from '../../desk/desk'
import { ended } from '../../desk/exports'
import type { Export } from '../../wire'
import { useAction } from '../kit/action'
import { megabytes, plural, shortTime } from '../kit/format'
import { Icon } from '../kit/icons'
import { Button, ErrorNote, IconButton, Progress } from '../kit/ui'

/** The exports that are kept, the newest first. */
export function ExportList({ desk, close }: { desk: Desk; close: () => void }): JSX.Element | null {
  const { kept } = desk.exports
  if (kept.value.length === 0) return null
  return (
    <section class="export-list" aria-label="Exports">
      <h3>Files, kept for a week</h3>
      <ul>
        {kept.value.map(each => (
          <Row key={each.id} of={each} desk={desk} close={close} />
        ))}
      </ul>
    </section>
  )
}

function Row({ of, desk, close }: { of: Export; desk: Desk; close: () => void }): JSX.Element {
  const { error, run } = useAction()
  const title = desk.state.formats.value.find(format => format.key === of.format)?.title ?? of.format
  const row = useRef<HTMLLIElement>(null)
  // One that somebody has just asked for is seen, however long the dialog is.
  useEffect(() => {
    if (!ended(of)) row.current?.scrollIntoView({ block: 'nearest' })
  }, [])
  const mine = of.created_by === desk.state.you.value?.id
  return (
    <li ref={row} data-testid={`export-${of.id}`} data-status={of.status}>
      <div class="export-row">
        <div>
          <strong>{title}</strong> <span class="hint">{shortTime(of.created_at)}</span>
          <p class="hint">{said(of)}</p>
        </div>
        {of.status === 'finished' && (
          <>
            <Button
              onClick={() => {
                desk.exports.shown.value = of
                close()
              }}
              data-testid="preview-export"
            >
              Preview
            </Button>
            <a class="button button-primary" href={exportFileUrl(of.id)} download data-testid="download">
              <Icon name="download" size={16} />
              Download
            </a>
          </>
        )}
        {(mine || desk.state.mayManage.value) && (
          <IconButton
            icon="close"
            label={ended(of) ? 'Delete' : 'Cancel'}
            onClick={() => void run(() => desk.exports.remove(of.id))}
            data-testid="remove-export"
          />
        )}
      </div>
      {!ended(of) && <Progress value={of.job.total ? of.job.done / of.job.total : 0} label="Export" />}
      {of.status === 'failed' && <ErrorNote>{of.job.error}</ErrorNote>}
      {error && <ErrorNote>{error}</ErrorNote>}
    </li>
  )
}

/** What is in the file, and what is not. */
function said({ status, job, counts, size, left_out }: Export): string {
  if (status === 'queued') return 'Waits for its turn'
  if (status === 'running') return job.message || 'Starting'
  if (status !== 'finished' || !counts) return status === 'cancelled' ? 'Cancelled' : ''
  const parts = [`${plural(counts.picks, 'pick')} on ${plural(counts.micrographs, 'micrograph')}`]
  if (size !== null) parts.push(megabytes(size))
  if (counts.empty) parts.push(`${plural(counts.empty, 'micrograph')} without picks`)
  if (counts.outside) parts.push(`${plural(counts.outside, 'pick')} outside the image left out`)
  if (counts.below_score) parts.push(`${plural(counts.below_score, 'pick')} below the score`)
  if (counts.doubled) parts.push(`${plural(counts.doubled, 'doubled pick')} merged`)
  for (const { reason, count } of left_out) parts.push(`${plural(count, 'micrograph')} ${reason}`)
  return parts.join(' · ')
}
