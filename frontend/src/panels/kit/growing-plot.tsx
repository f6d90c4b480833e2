import type { JSX } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import { isDark } from '../theme'
import { ink } from './ink'

const HEIGHT = 132

const LOOK: Partial<uPlot.Options> = {
  padding: [8, 14, 0, 0],
  legend: { show: false },
  cursor: { drag: { x: false, y: false } },
}

/** What every axis looks like, in the colours of the theme. */
export function axisLook(): uPlot.Axis {
  return {
    stroke: ink('--text-faint'),
    grid: { stroke: ink('--line'), width: 1 },
    ticks: { show: false },
    font: '11px system-ui',
  }
}

interface Props {
  /** Read once: what a plot shows stays the same, and only its data grow. */
  options: Pick<uPlot.Options, 'scales' | 'axes' | 'series'>
  data: uPlot.AlignedData
}

/** A plot as wide as its place, whose data grow while it is looked at. */
export function GrowingPlot({ options, data }: Props): JSX.Element {
  const element = useRef<HTMLDivElement>(null)
  const plot = useRef<uPlot | null>(null)
  useEffect(() => {
    const parent = element.current
    if (!parent) return
    const size = () => ({ width: parent.clientWidth, height: HEIGHT })
    const made = new uPlot({ ...size(), ...LOOK, ...options }, data, parent)
    plot.current = made
    const watcher = new ResizeObserver(() => made.setSize(size()))
    watcher.observe(parent)
    return () => {
      watcher.disconnect()
      made.destroy()
    }
  }, [])
  const dark = isDark()
  useEffect(() => plot.current?.setData(data), [data, dark])
  return <div ref={element} class="plot-area" />
}
