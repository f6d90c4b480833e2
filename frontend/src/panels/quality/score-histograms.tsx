import type { JSX } from 'preact'
import { KIND_NAMES } from '../../canvas/style'
import { LABEL_KINDS } from '../../model/marks/mark'
import type { Thresholds } from '../../model/picks/final'
import { type HeldOut, scoreCounts } from '../../model/quality/validation'
import type { LabelKind } from '../../wire'
import { Glyph } from '../kit/icons'

const BINS = 20
const HIGH = 20

interface Props {
  places: readonly HeldOut[]
  thresholds: Thresholds
  /** Whether there is a contamination network. */
  two: boolean
}

/** The scores of held-out labels, a row of bars for each kind; a line at the threshold. */
export function ScoreHistograms({ places, thresholds, two }: Props): JSX.Element {
  const kinds = LABEL_KINDS.filter(kind => places.some(([of]) => of === kind))
  const networks = two ? (['particle', 'contamination'] as const) : (['particle'] as const)
  return (
    <div class="score-rows" data-testid="score-histograms">
      {networks.map(network => (
        <figure key={network} class="plot">
          <figcaption>
            {network === 'particle' ? 'Particle score' : 'Contamination score'} of held-out labels
          </figcaption>
          {kinds.map(kind => (
            <Row
              key={kind}
              kind={kind}
              counts={scoreCounts(places, kind, network, BINS)}
              threshold={thresholds[network]}
            />
          ))}
          <div class="score-scale" aria-hidden="true">
            <span>0</span>
            <span>1</span>
          </div>
        </figure>
      ))}
    </div>
  )
}

interface RowProps {
  kind: LabelKind
  counts: readonly number[]
  threshold: number
}

function Row({ kind, counts, threshold }: RowProps): JSX.Element {
  const highest = Math.max(1, ...counts)
  const bars = counts.map(
    (n, i) => `M${i} ${HIGH}v${(-n / highest) * (HIGH - 1)}h0.8v${(n / highest) * (HIGH - 1)}z`,
  )
  return (
    <div class="score-row" title={KIND_NAMES[kind]}>
      <Glyph kind={kind} />
      <svg
        class={`score-bars score-${kind}`}
        viewBox={`0 0 ${BINS} ${HIGH}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${KIND_NAMES[kind]}: ${counts.join(', ')} labels from score 0 to 1`}
      >
        <path d={bars.join('')} />
        <path class="score-threshold" d={`M${threshold * BINS} 0V${HIGH}`} />
      </svg>
    </div>
  )
}
