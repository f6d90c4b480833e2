import type { JSX } from 'preact'

interface Props {
  counts: Uint32Array
  threshold: number
  /** Which side of the threshold stays. */
  keeps: 'above' | 'below'
}

/** Bars of a score over [0, 1], square-root high so that small ones show; what is left out is dim. */
export function Histogram({ counts, threshold, keeps }: Props): JSX.Element {
  const highest = Math.sqrt(Math.max(1, ...counts))
  const bars = [...counts].map((count, i) => ({ x: i, height: (Math.sqrt(count) / highest) * 30 }))
  const path = (kept: boolean): string =>
    bars
      .filter(({ x }) => ((x + 0.5) / counts.length >= threshold === (keeps === 'above')) === kept)
      .map(({ x, height }) => `M${x} 32v${-height}h0.8v${height}z`)
      .join('')
  return (
    <svg class="histogram" viewBox={`0 0 ${counts.length} 32`} preserveAspectRatio="none" aria-hidden="true">
      <path class="histogram-out" d={path(false)} />
      <path class="histogram-in" d={path(true)} />
    </svg>
  )
}
