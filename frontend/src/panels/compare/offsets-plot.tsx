import type { JSX } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import uPlot from 'uplot'
import { axisLook } from '../kit/growing-plot'
import { ink } from '../kit/ink'
import { isDark } from '../theme'

const SIDE = 220

/** Pixels of the screen along a dot. */
const DOT = 3

type Offsets = readonly (readonly [x: number, y: number])[]

/** Where the second pick of each pair lies from the first, in Å; y goes down, as on the image. */
export function OffsetsPlot({ offsets }: { offsets: Offsets }): JSX.Element {
  const element = useRef<HTMLDivElement>(null)
  const dark = isDark()
  useEffect(() => {
    if (!element.current) return
    const made = new uPlot(options(reach(offsets)), table(offsets), element.current)
    return () => made.destroy()
  }, [offsets, dark])
  return (
    <figure class="plot compare-plot" data-testid="offsets-plot" data-points={offsets.length}>
      <figcaption>Offset of each pair, Å</figcaption>
      <div ref={element} class="plot-area" />
    </figure>
  )
}

/** As far in every direction as the furthest. */
function reach(offsets: Offsets): number {
  return Math.max(1, ...offsets.map(([x, y]) => Math.max(Math.abs(x), Math.abs(y)))) * 1.1
}

function table(offsets: Offsets): uPlot.AlignedData {
  const sorted = [...offsets].sort(([a], [b]) => a - b)
  return [sorted.map(([x]) => x), sorted.map(([, y]) => y)]
}

function options(most: number): uPlot.Options {
  return {
    width: SIDE,
    height: SIDE,
    padding: [8, 8, 0, 0],
    scales: { x: { time: false, range: [-most, most] }, y: { range: [-most, most], dir: -1 } },
    legend: { show: false },
    cursor: { show: false },
    axes: [
      { ...axisLook(), size: 22, gap: 2 },
      { ...axisLook(), size: 36, gap: 4 },
    ],
    series: [
      {},
      {
        stroke: ink('--accent'),
        paths: () => null,
        points: { show: true, size: DOT, fill: ink('--accent') },
      },
    ],
  }
}
