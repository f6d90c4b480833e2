import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useMemo } from 'preact/hooks'
import type { Desk } from '../../desk/desk'
import type { Point } from '../../geometry/point'
import { zeroRings } from '../../model/micrographs/ctf'
import { resolutionAt, rings } from '../../model/micrographs/spectrum'
import { Dialog } from '../kit/dialog'
import { CtfFoot } from './ctf-foot'

interface Props {
  desk: Pick<Desk, 'micrograph' | 'state' | 'settings' | 'set' | 'dialog'>
  close: () => void
}

/** The power spectrum of the open micrograph, with rings of resolution, of the CTF, and the one at the cursor. */
export function SpectrumDialog({ desk, close }: Props): JSX.Element | null {
  const micrograph = desk.micrograph.value
  const at = useSignal<{ x: number; y: number } | null>(null)
  const failed = useSignal(false)
  const pixelSize = micrograph?.pixel_size ?? null
  const ctf = micrograph?.ctf
  const zeros = useMemo(() => (ctf && pixelSize ? zeroRings(ctf, 0.5 / pixelSize) : []), [ctf, pixelSize])
  if (!micrograph) return null
  const unit = pixelSize === null ? 'px' : 'Å'
  const resolution = at.value && resolutionAt(at.value.x, at.value.y, pixelSize ?? 1)
  return (
    <Dialog title={`Power spectrum of ${micrograph.name}`} close={close} size="wide">
      <div
        class="spectrum"
        onPointerMove={event => {
          const box = event.currentTarget.getBoundingClientRect()
          const part = (place: number, start: number, size: number): number =>
            (2 * (place - start)) / size - 1
          const x = part(event.clientX, box.left, box.width)
          at.value = { x, y: part(event.clientY, box.top, box.height) }
        }}
        onPointerLeave={() => {
          at.value = null
        }}
        data-testid="spectrum"
      >
        {failed.value ? (
          <p class="hint">The spectrum could not be loaded. Close this and open it again.</p>
        ) : (
          <img
            src={`${desk.state.tiles.value}/${micrograph.key}/spectrum.jpg`}
            alt={`Power spectrum of ${micrograph.name}: frequency 0 in the middle, Nyquist's at the edges`}
            draggable={false}
            onError={() => {
              failed.value = true
            }}
          />
        )}
        <svg viewBox="-100 -100 200 200" aria-hidden="true">
          {pixelSize !== null &&
            rings(pixelSize).map(({ angstrom, radius }) => (
              <g key={angstrom}>
                <circle class="spectrum-ring" r={100 * radius} />
                <text x={70.7 * radius + 1} y={-70.7 * radius - 1}>
                  {angstrom} Å
                </text>
              </g>
            ))}
          {desk.settings.value.ctfRings && (
            <path
              class="spectrum-ctf"
              d={zeros.map(pathOf).join('')}
              data-testid="ctf-rings"
              data-rings={zeros.length}
            />
          )}
          {at.value && <circle class="spectrum-cursor" r={100 * Math.hypot(at.value.x, at.value.y)} />}
        </svg>
      </div>
      <p class="spectrum-foot">
        <output data-testid="spectrum-resolution">
          {resolution
            ? `${resolution.toFixed(resolution < 10 ? 2 : 1)} ${unit} at the cursor`
            : 'Point at the spectrum to read the resolution'}
        </output>
        <span>
          The edges are at {(2 * (pixelSize ?? 1)).toFixed(2)} {unit}
          {pixelSize === null && ': the pixel size is not known'}
        </span>
      </p>
      <CtfFoot desk={desk} micrograph={micrograph} />
    </Dialog>
  )
}

function pathOf(ring: readonly Point[]): string {
  return `M${ring.map(({ x, y }) => `${(100 * x).toFixed(2)} ${(100 * y).toFixed(2)}`).join('L')}Z`
}
