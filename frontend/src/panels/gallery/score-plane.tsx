import { type ReadonlySignal, useComputed, useSignal, useSignalEffect } from '@preact/signals'
import type { JSX } from 'preact'
import { useRef } from 'preact/hooks'
import { paintDensity } from '../../canvas/paint-density'
import type { Gallery } from '../../desk/gallery/gallery'
import type { Point } from '../../geometry/point'
import type { Polygon } from '../../geometry/polygon'
import type { SharedThresholds } from '../../live/thresholds'
import { boxBetween, CELLS, density, fromPlane, scoresOf, TICKS, toPlane } from '../../model/gallery/plane'
import type { PickBlock } from '../../model/picks/picks'
import type { ProjectState } from '../../model/project'
import { IconButton } from '../kit/ui'

/** A drag shorter than this fraction of the plane is a click, which clears the brush. */
const CLICK = 0.01

interface Props {
  gallery: Gallery
  state: ProjectState
  picks: ReadonlySignal<readonly PickBlock[]>
  thresholds: SharedThresholds
}

/** All network picks of the project by their two scores: drag the thresholds, brush a region to see its crops. */
export function ScorePlane({ gallery, state, picks, thresholds }: Props): JSX.Element {
  const lasso = useSignal(false)
  const networks = state.networks.value
  return (
    <section class="plane" aria-label="Score plane" data-testid="score-plane">
      <div class="plane-area">
        <Ticks />
        <Cloud state={state} picks={picks} />
        <Brush gallery={gallery} lasso={lasso.value} />
        <Line thresholds={thresholds} name="particle" label="Particle score, at least" />
        <Line thresholds={thresholds} name="contamination" label="Contamination score, at most" />
      </div>
      <div class="plane-foot">
        <IconButton
          icon="box"
          label="Brush a box"
          aria-pressed={!lasso.value}
          onClick={() => {
            lasso.value = false
          }}
        />
        <IconButton
          icon="lasso"
          label="Brush a lasso"
          aria-pressed={lasso.value}
          onClick={() => {
            lasso.value = true
          }}
          data-testid="plane-lasso"
        />
        <IconButton
          icon="close"
          label="Clear brush"
          disabled={gallery.brush.value === null}
          onClick={() => {
            gallery.brush.value = null
          }}
          data-testid="plane-clear"
        />
        <span class="plane-x">Particle score →</span>
      </div>
      <span class="plane-y">Contamination score →</span>
      {!networks && <p class="plane-hint">Once the networks have picked, every pick is a dot here.</p>}
      {networks && !networks.contamination && (
        <p class="plane-hint">Mark contamination and train to spread the picks upwards.</p>
      )}
    </section>
  )
}

function Ticks(): JSX.Element {
  return (
    <div aria-hidden="true">
      {TICKS.map(score => (
        <div key={score}>
          <span class="plane-tick plane-tick-x" style={{ left: `${100 * toPlane(score)}%` }}>
            {score}
          </span>
          <span class="plane-tick plane-tick-y" style={{ bottom: `${100 * toPlane(score)}%` }}>
            {score}
          </span>
        </div>
      ))}
    </div>
  )
}

/** The picks as a density, so that a hundred thousand of them show where they are many. */
function Cloud({ state, picks }: Pick<Props, 'state' | 'picks'>): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null)
  const counts = useComputed(() => state.summary.value?.plane ?? density(picks.value))
  useSignalEffect(() => {
    const context = canvas.current?.getContext('2d')
    if (!context) return
    const image = context.createImageData(CELLS, CELLS)
    paintDensity(counts.value, state.thresholds.value, image.data)
    context.putImageData(image, 0, 0)
  })
  return <canvas ref={canvas} class="plane-cloud" width={CELLS} height={CELLS} />
}

/** The region whose crops are shown; drawn with the pointer. */
function Brush({ gallery, lasso }: { gallery: Gallery; lasso: boolean }): JSX.Element {
  const line = useRef<Point[] | null>(null)
  const add = (event: PointerEvent & { currentTarget: SVGElement }): void => {
    const points = line.current
    if (!points) return
    const box = event.currentTarget.getBoundingClientRect()
    const at = scoresOf((event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height)
    if (lasso || points.length < 2) points.push(at)
    else points[1] = at
    const [first, last] = [points[0], points[points.length - 1]]
    if (first && last) gallery.brush.value = lasso ? [...points] : boxBetween(first, last)
  }
  const end = (): void => {
    const brush = gallery.brush.peek()
    if (line.current && brush && tiny(brush)) gallery.brush.value = null
    line.current = null
  }
  const corners = (gallery.brush.value ?? [])
    .map(({ x, y }) => `${100 * toPlane(x)},${100 * (1 - toPlane(y))}`)
    .join(' ')
  return (
    <svg
      class="plane-brush"
      viewBox="0 0 100 100"
      preserveAspectRatio="none"
      role="img"
      aria-label="Drag to brush a region of scores; its crops are shown next to it"
      data-testid="plane-brush"
      onPointerDown={event => {
        if (event.button !== 0) return
        event.currentTarget.setPointerCapture(event.pointerId)
        line.current = []
        add(event)
      }}
      onPointerMove={add}
      onPointerUp={end}
      onPointerCancel={end}
    >
      <polygon points={corners} />
    </svg>
  )
}

function tiny(brush: Polygon): boolean {
  const [xs, ys] = [brush.map(({ x }) => x), brush.map(({ y }) => y)]
  return Math.max(...xs) - Math.min(...xs) < CLICK && Math.max(...ys) - Math.min(...ys) < CLICK
}

interface LineProps {
  thresholds: SharedThresholds
  name: 'particle' | 'contamination'
  label: string
}

/** A threshold: acts as its slider does, by pointer and by arrow keys. */
function Line({ thresholds, name, label }: LineProps): JSX.Element {
  const across = name === 'particle'
  const shown = thresholds.state.thresholds
  const value = shown.value[name]
  const set = (to: number): void => {
    const rounded = Math.round(Math.min(1, Math.max(0, to)) * 100) / 100
    if (rounded !== shown.peek()[name]) thresholds.set({ [name]: rounded })
  }
  return (
    <div
      class={`plane-line plane-line-${name}`}
      style={{ [across ? 'left' : 'bottom']: `${100 * toPlane(value)}%` }}
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-orientation={across ? 'horizontal' : 'vertical'}
      aria-valuemin={0}
      aria-valuemax={1}
      aria-valuenow={value}
      title={`${label} ${value.toFixed(2)}`}
      data-testid={`plane-${name}`}
      onPointerDown={event => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={event => {
        const area = event.currentTarget.parentElement?.getBoundingClientRect()
        if (!area || !event.currentTarget.hasPointerCapture(event.pointerId)) return
        set(
          fromPlane(
            across ? (event.clientX - area.left) / area.width : 1 - (event.clientY - area.top) / area.height,
          ),
        )
      }}
      onKeyDown={event => {
        const step = { ArrowRight: 0.01, ArrowUp: 0.01, ArrowLeft: -0.01, ArrowDown: -0.01 }[event.key]
        if (step === undefined) return
        event.preventDefault()
        event.stopPropagation()
        set(value + step)
      }}
    />
  )
}
