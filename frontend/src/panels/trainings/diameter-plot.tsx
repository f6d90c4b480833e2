import type { JSX } from 'preact'
import { likelihoodAt } from '../../model/diameter'
import type { SuggestedDiameter } from '../../wire'
import { type Axis, Plot } from '../kit/plot'

const TICKS = [50, 100, 200, 400, 800]

interface Props {
  curve: SuggestedDiameter['curve']
  /** Marked on the curve, Å. */
  size: number | null
}

/** How likely each particle diameter is, by what the micrographs show. */
export function DiameterPlot({ curve, size }: Props): JSX.Element | null {
  const [first, last] = [curve[0], curve.at(-1)]
  if (!first || !last) return null
  const [x, y] = axes(first[0], last[0], Math.max(...curve.map(([, likely]) => likely)))
  const best = curve.reduce((a, b) => (b[1] > a[1] ? b : a))
  const label = `Likelihood of particle diameters from ${Math.round(first[0])} to ${Math.round(last[0])} Å, highest at ${Math.round(best[0])} Å.`
  const likely = size === null ? null : likelihoodAt(curve, size)
  const marks = size !== null && likely !== null ? [[size, likely] as const] : []
  const series = [{ name: 'Likelihood', look: 'first', line: curve, marks }] as const
  return <Plot label={label} x={x} y={y} series={series} testid="diameter-curve" />
}

/** Sizes from the first to the last, equal factors equally far apart; likelihoods from 0 to a round number. */
export function axes(first: number, last: number, likeliest: number): [Axis, Axis] {
  const top = Math.max(0.1, Math.ceil(likeliest * 10) / 10)
  const ticks = TICKS.filter(tick => tick >= first && tick <= last)
  return [
    { title: 'Particle diameter, Å', from: first, to: last, ticks, log: true },
    { title: 'Likelihood', from: 0, to: top, ticks: [0, top] },
  ]
}
