import type { JSX } from 'preact'
import type { Desk } from '../../desk/desk'
import { Section } from '../kit/section'
import { HeldOut, HeldOutQuality } from './held-out-quality'
import { KnownTruth } from './known-truth'

/** How good the networks and their picks are. */
export function QualityPanel({ desk }: { desk: Desk }): JSX.Element {
  return (
    <Section desk={desk} title="Quality" testid="quality-panel" side={<HeldOut desk={desk} />}>
      <HeldOutQuality desk={desk} />
      <KnownTruth desk={desk} />
    </Section>
  )
}
