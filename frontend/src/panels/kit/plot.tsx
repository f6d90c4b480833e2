import type { JSX } from 'preact'
import type { Interval } from '../../model/quality/interval'
import { classes } from './ui'

export interface Axis {
  readonly title: string
  readonly from: number
  readonly to: number
  readonly ticks: readonly number[]
  /** Equal factors are equally far apart. */
  readonly log?: boolean
}

export type Place = readonly [x: number, y: number]

export interface Series {
  readonly name: string
  /** Which of the two looks it has: first solid, second dashed, in another colour. */
  readonly look: 'first' | 'second'
  readonly line: readonly Place[]
  /** Marked by a ring (first) or a diamond (second). */
  readonly marks?: readonly Place[]
  readonly bars?: readonly Bar[]
}

/** Confidence intervals of the figures at a point, along both axes. */
export interface Bar {
  readonly at: Place
  readonly x?: Interval
  readonly y?: Interval
}

const [WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM] = [280, 172, 42, 8, 8, 32]

interface Props {
  /** Read out in place of the picture. */
  label: string
  x: Axis
  y: Axis
  series: readonly Series[]
  testid: string
}

/** A small plot of lines and marks. */
export function Plot({ label, x, y, series, testid }: Props): JSX.Element {
  const across = scale(x, LEFT, WIDTH - RIGHT)
  const up = scale(y, HEIGHT - BOTTOM, TOP)
  return (
    <svg class="chart" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label} data-testid={testid}>
      {y.ticks.map(tick => (
        <g key={tick} class="chart-tick">
          <path d={`M${LEFT} ${up(tick)}H${WIDTH - RIGHT}`} />
          <text x={LEFT - 5} y={up(tick) + 3} text-anchor="end">
            {tick}
          </text>
        </g>
      ))}
      {x.ticks.map(tick => (
        <text key={tick} class="chart-number" x={across(tick)} y={HEIGHT - BOTTOM + 13} text-anchor="middle">
          {tick}
        </text>
      ))}
      <text class="chart-title" x={(LEFT + WIDTH - RIGHT) / 2} y={HEIGHT - 4} text-anchor="middle">
        {x.title}
      </text>
      <text
        class="chart-title"
        transform={`translate(9 ${(HEIGHT - BOTTOM) / 2}) rotate(-90)`}
        text-anchor="middle"
      >
        {y.title}
      </text>
      {series.map(({ name, look, line, marks, bars }) => (
        <g key={name} class={classes('chart-series', `chart-${look}`)}>
          <title>{name}</title>
          <polyline points={line.map(([a, b]) => `${across(a)},${up(b)}`).join(' ')} />
          {bars?.map(({ at: [a, b], x: wide, y: high }) => (
            <path
              key={`${a} ${b}`}
              class="chart-bar"
              d={`${wide ? `M${across(wide.low)} ${up(b)}H${across(wide.high)}` : ''}${
                high ? `M${across(a)} ${up(high.low)}V${up(high.high)}` : ''
              }`}
            />
          ))}
          {marks?.map(([a, b]) => (
            <path
              key={`${a} ${b}`}
              d={sign(look, across(a), up(b))}
              data-x={a.toFixed(3)}
              data-y={b.toFixed(3)}
            />
          ))}
        </g>
      ))}
    </svg>
  )
}

function scale({ from, to, log }: Axis, low: number, high: number): (value: number) => number {
  const of = (value: number): number => (log ? Math.log(value) : value)
  const wide = of(to) - of(from) || 1
  return value => low + ((of(value) - of(from)) / wide) * (high - low)
}

function sign(look: Series['look'], x: number, y: number): string {
  if (look === 'second') return `M${x} ${y - 5.5}l5.5 5.5l-5.500 5.500l-5.500-5.500z`
  return `M${x - 4.5} ${y}a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0-9 0z`
}
