import type { JSX } from 'preact'
import { useMemo } from 'preact/hooks'
import { type LossPoint, lossTable } from '../../model/quality/losses'
import { axisLook, GrowingPlot } from '../kit/growing-plot'
import { ink } from '../kit/ink'

const LINE = { width: 1.5, spanGaps: true, points: { show: false } }

const OPTIONS: Parameters<typeof GrowingPlot>[0]['options'] = {
  scales: { x: { time: false } },
  axes: [
    { ...axisLook(), size: 22, gap: 2 },
    { ...axisLook(), size: 40, gap: 4 },
  ],
  series: [
    {},
    { ...LINE, label: 'Particle network', stroke: ink('--mark-particle') },
    { ...LINE, label: 'Contamination network', stroke: ink('--mark-contamination'), dash: [5, 3] },
  ],
}

/** Loss of both networks against the training step, growing while a training runs. */
export function LossPlot({ losses }: { losses: readonly LossPoint[] }): JSX.Element {
  const data = useMemo(() => lossTable(losses), [losses])
  const two = losses.some(([network]) => network === 'contamination')
  return (
    <figure class="plot" data-testid="loss-plot" data-points={losses.length}>
      <figcaption>
        Loss
        <span class="key key-particle">particle</span>
        {two && <span class="key key-contamination">contamination</span>}
      </figcaption>
      <GrowingPlot options={OPTIONS} data={data} />
    </figure>
  )
}
