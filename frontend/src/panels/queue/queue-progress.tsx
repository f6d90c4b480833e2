import type { JSX } from 'preact'
import { FAR, FAR_WORDS } from '../../model/queue/far'
import type { WorkQueue } from '../../model/queue/work-queue'
import { inFull } from '../kit/format'

/** How far the project is: a bar in which each micrograph has its part. */
export function QueueProgress({ queue }: { queue: WorkQueue }): JSX.Element {
  const counts = queue.progress.value
  const all = queue.rows.value.length
  const furthest = FAR.toReversed().filter(far => counts[far] > 0)
  const said = furthest.map(far => `${inFull(counts[far])} ${FAR_WORDS[far]}`).join(', ')
  return (
    <section class="section" aria-label="Progress">
      <div class="panel-title">
        <h2>Progress</h2>
        <span class="panel-note" data-testid="queue-progress">
          {inFull(counts.done + counts.reviewed)} of {inFull(all)} done
        </span>
      </div>
      <div class="queue-bar" role="img" aria-label={said}>
        {furthest.map(far => (
          <span key={far} class="queue-part" data-far={far} style={{ flexGrow: counts[far] }} />
        ))}
      </div>
      <ul class="queue-legend">
        {furthest.map(far => (
          <li key={far} data-testid={`queue-count-${far}`}>
            <span class="queue-swatch" data-far={far} />
            {inFull(counts[far])} {FAR_WORDS[far]}
          </li>
        ))}
      </ul>
    </section>
  )
}
