import type { JSX } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import { type LossPoint, lossTable } from '../../model/quality/losses'
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
    scales: { x: { time: false } },
    legend: { show: false },
    cursor: { drag: { x: false, y: false } },
    axes: [
      { ...axis, size: 22, gap: 2 },
      { ...axis, size: 40, gap: 4 },
    ],
    series: [
      {},
      {
        label: 'Particle network',
        stroke: ink('--mark-particle'),
        width: 1.5,
        spanGaps: true,
        points: { show: false },
      },
      {
        label: 'Contamination network',
        stroke: ink('--mark-contamination'),
        width: 1.5,
        dash: [5, 3],
        spanGaps: true,
        points: { show: false },
      },
    ],
  }
}

/** Loss of both networks against the training step, growing while a training runs. */
export function LossPlot({ losses }: { losses: readonly LossPoint[] }): JSX.Element {
  const element = useRef<HTMLDivElement>(null)
  const plot = useRef<uPlot | null>(null)
  useEffect(() => {
    const parent = element.current
    if (!parent) return
    const made = new uPlot(options(parent.clientWidth), lossTable([]), parent)
    plot.current = made
    const watcher = new ResizeObserver(() => made.setSize({ width: parent.clientWidth, height: HEIGHT }))
    watcher.observe(parent)
    return () => {
      watcher.disconnect()
      made.destroy()
    }
  }, [])
  const dark = isDark()
  useEffect(() => plot.current?.setData(lossTable(losses)), [losses, dark])
  const two = losses.some(([network]) => network === 'contamination')
  return (
    <figure class="plot" data-testid="loss-plot" data-points={losses.length}>
      <figcaption>
        Loss
        <span class="key key-particle">particle</span>
        {two && <span class="key key-contamination">contamination</span>}
      </figcaption>
      <div ref={element} class="plot-area" />
    </figure>
  )
}
