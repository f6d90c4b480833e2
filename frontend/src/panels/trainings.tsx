import type { JSX } from 'preact'
import type { Desk } from '../desk/desk'
import { shortTime } from './format'
import { LossPlot } from './loss-plot'

/** Newest trainings shown. */
const SHOWN = 5

export function Trainings({ desk }: { desk: Desk }): JSX.Element | null {
  const trainings = [...desk.state.trainings.value].sort((a, b) => b.version - a.version).slice(0, SHOWN)
  if (trainings.length === 0) return null
  return (
    <details class="history">
      <summary>History</summary>
      <LossPlot losses={trainings[0]?.losses ?? []} />
      <ul data-testid="trainings">
        {trainings.map(({ id, version, created_at, created_by, labels, has_contamination_network }) => (
          <li key={id}>
            <strong>v{version}</strong> {shortTime(created_at)} · {desk.state.name(created_by)}
            <span class="text-faint">
              {labels.particle} particles, {labels.background} background, {labels.contamination}{' '}
              contamination
              {has_contamination_network ? '' : ' (one network)'}
            </span>
          </li>
        ))}
      </ul>
    </details>
  )
}
