import type { JSX } from 'preact'
import { useMemo } from 'preact/hooks'
import { delayTable } from '../../model/watched'
import type { WatchedDetail } from '../../wire'
import { axisLook, GrowingPlot } from '../kit/growing-plot'
import { ink } from '../kit/ink'

const OPTIONS: Parameters<typeof GrowingPlot>[0]['options'] = {
  scales: { y: { range: (_, __, most) => [0, Math.max(10, most * 1.1)] } },
  axes: [
    { ...axisLook(), size: 22, gap: 2, values: '{HH}:{mm}:{ss}', space: 70 },
    { ...axisLook(), size: 44, gap: 4, values: (_, marks) => marks.map(mark => `${mark} s`) },
  ],
  series: [{}, { label: 'Delay', stroke: ink('--accent'), width: 1.5, points: { show: true, size: 5 } }],
}

/** How long each file waited for its picks, by the time it arrived. */
export function DelayPlot({ delays }: Pick<WatchedDetail, 'delays'>): JSX.Element {
  const data = useMemo(() => delayTable(delays), [delays])
  return (
    <figure class="plot" data-testid="delay-plot" data-points={delays.length}>
      <figcaption>From the file’s arrival to its picks</figcaption>
      <GrowingPlot options={OPTIONS} data={data} />
    </figure>
  )
}
