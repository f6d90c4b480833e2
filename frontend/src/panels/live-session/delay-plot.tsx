import type { JSX } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import { delayTable } from '../../model/watched'
import type { WatchedDetail } from '../../wire'
import { ink } from '../kit/ink'
import { isDark } from '../theme'

const HEIGHT = 132

function options(width: number): uPlot.Options {
  const axis = {
    stroke: ink('--text-faint'),
    grid: { stroke: ink('--line'), width: 1 },
    ticks: { show: false },
    font: '11px system-ui',
  }
  return {
    width,
    height: HEIGHT,
    padding: [8, 14, 0, 0],
    scales: { y: { range: (_, __, most) => [0, Math.max(10, most * 1.1)] } },
    legend: { show: false },
    cursor: { drag: { x: false, y: false } },
    axes: [
      { ...axis, size: 22, gap: 2, values: '{HH}:{mm}:{ss}', space: 70 },
      { ...axis, size: 44, gap: 4, values: (_, marks) => marks.map(mark => `${mark} s`) },
    ],
    series: [{}, { label: 'Delay', stroke: ink('--accent'), width: 1.5, points: { show: true, size: 5 } }],
  }
}

/** How long each file waited for its picks, by the time it arrived. */
export function DelayPlot({ delays }: Pick<WatchedDetail, 'delays'>): JSX.Element {
  const element = useRef<HTMLDivElement>(null)
  const plot = useRef<uPlot | null>(null)
  useEffect(() => {
    const parent = element.current
    if (!parent) return
    const made = new uPlot(options(parent.clientWidth), delayTable([]), parent)
    plot.current = made
    const watcher = new ResizeObserver(() => made.setSize({ width: parent.clientWidth, height: HEIGHT }))
    watcher.observe(parent)
    return () => {
      watcher.disconnect()
      made.destroy()
    }
  }, [])
  const dark = isDark()
  useEffect(() => plot.current?.setData(delayTable(delays)), [delays, dark])
  return (
    <figure class="plot" data-testid="delay-plot" data-points={delays.length}>
      <figcaption>From the file’s arrival to its picks</figcaption>
      <div ref={element} class="plot-area" />
    </figure>
  )
}
