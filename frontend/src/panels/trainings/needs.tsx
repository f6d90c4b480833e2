import type { JSX } from 'preact'
import type { Tally } from '../../model/counts'
import type { LabelKind } from '../../wire'
import { inFull } from '../kit/format'
import { Glyph, Icon } from '../kit/icons'

interface Props {
  total: Tally
  least: number
  /** Picks of sources that teach. */
  taught: number
}

/** How many labels there are of each kind, and how many it takes. */
export function Needs({ total, least, taught }: Props): JSX.Element {
  return (
    <>
      {total.particle + total.background + total.contamination === 0 && (
        <p class="hint">Choose a kind by its key or in the toolbar, and click where you see it.</p>
      )}
      <ul class="needs" data-testid="needs">
        <Need
          kind="particle"
          keyName="P"
          what="Particles"
          labels={total.particle}
          judged={[total.accepted, 'accepted', 'accepted or moved']}
          taught={taught}
          least={least}
        />
        <Need
          kind="background"
          keyName="B"
          what="Background"
          labels={total.background}
          judged={[total.rejected, 'rejected', 'rejected one by one']}
          least={least}
        />
        <Need
          kind="contamination"
          keyName="C"
          what="Contamination"
          labels={total.contamination}
          judged={[total.rejectedInClass, 'picks', 'rejected with their class of averages']}
          least={0}
        />
      </ul>
      {total.contamination + total.rejectedInClass === 0 && (
        <p class="hint">
          Contamination is optional: mark ice, carbon or aggregates (points or a lasso) and a second network
          learns to tell them from particles.
        </p>
      )}
    </>
  )
}

interface NeedProps {
  kind: LabelKind
  what: string
  keyName: string
  labels: number
  /** Verdicts on picks, which teach the same; what was done to these, in short and in full. */
  judged: readonly [count: number, done: string, asWhat: string]
  taught?: number
  least: number
}

function Need({ kind, what, keyName, labels, judged, taught = 0, least }: NeedProps): JSX.Element {
  const [verdicts, done, asWhat] = judged
  const have = labels + verdicts + taught
  const met = have >= least
  return (
    <li class="need" data-kind={kind}>
      <Glyph kind={kind} />
      <span>{what}</span>
      <kbd>{keyName}</kbd>
      <span class="need-count">
        {inFull(labels)}
        {verdicts > 0 && (
          <span class="text-faint" title={`Picks that were ${asWhat} count as labels in training`}>
            {` + ${inFull(verdicts)} ${done}`}
          </span>
        )}
        {taught > 0 && (
          <span class="text-faint" title="Picks of sources that teach: some of them are examples in training">
            {` + ${inFull(taught)} taught`}
          </span>
        )}
        {!met && <span class="text-faint"> of {least}</span>}
      </span>
      <span class="need-met">{met && have > 0 && <Icon name="check" size={14} />}</span>
    </li>
  )
}
