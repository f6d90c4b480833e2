import type { JSX } from 'preact'
import type { Desk } from '../../desk/desk'
import { Section } from '../kit/section'
import { Button } from '../kit/ui'
import { HeldOut, HeldOutQuality } from './held-out-quality'
import { KnownTruth } from './known-truth'

type QualityDesk = Pick<Desk, 'id' | 'state' | 'counts' | 'sections' | 'dialog'>

/** How good the networks and their picks are. */
export function QualityPanel({ desk }: { desk: QualityDesk }): JSX.Element {
  const { state } = desk
  return (
    <Section sections={desk.sections} title="Quality" testid="quality-panel" side={<HeldOut state={state} />}>
      <HeldOutQuality state={state} />
      <KnownTruth project={desk.id} state={state} counts={desk.counts} />
      <Button
        kind="quiet"
        icon="copy"
        onClick={() => {
          desk.dialog.value = 'compare'
        }}
        data-testid="compare-picks"
      >
        Compare picks
      </Button>
    </Section>
  )
}
