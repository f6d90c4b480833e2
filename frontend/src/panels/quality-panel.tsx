import type { JSX } from 'preact'
import type { Desk } from '../desk/desk'
import { HeldOutQuality } from './held-out-quality'
import { KnownTruth } from './known-truth'

/** How good the networks and their picks are. */
export function QualityPanel({ desk }: { desk: Desk }): JSX.Element {
  return (
    <section class="section" aria-label="Quality" data-testid="quality-panel">
      <HeldOutQuality desk={desk} />
      <KnownTruth desk={desk} />
    </section>
  )
}
