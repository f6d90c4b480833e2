import type { ComponentChildren, JSX } from 'preact'
import type { Desk } from '../../desk/desk'
import type { Ctf, Micrograph } from '../../wire'
import { figure, micrometres } from '../kit/format'
import { Button } from '../kit/ui'

interface Props {
  desk: Pick<Desk, 'state' | 'settings' | 'set' | 'dialog'>
  micrograph: Micrograph
}

/** The CTF values of a micrograph, below its spectrum; if there are none, how to import them. */
export function CtfFoot({ desk, micrograph }: Props): JSX.Element {
  const { ctf, pixel_size } = micrograph
  const mayRun = desk.state.mayRun.value
  return (
    <section class="ctf-foot" aria-label="CTF" data-testid="ctf">
      <div class="ctf-line">
        {ctf && pixel_size !== null && (
          <label class="check">
            <input
              type="checkbox"
              checked={desk.settings.value.ctfRings}
              onChange={event => desk.set({ ctfRings: event.currentTarget.checked })}
              data-testid="ctf-toggle"
            />
            <span class="ctf-key" aria-hidden="true" />
            CTF zeros
          </label>
        )}
        {!ctf && (
          <p class="hint">
            The CTF of this micrograph is not known
            {mayRun
              ? ': import RELION’s micrographs_ctf.star, or a table, to see where its rings should lie.'
              : `. ${desk.state.lockedRun.value}`}
          </p>
        )}
        {ctf && pixel_size === null && (
          <p class="hint">Rings need a pixel size: set it in the project's settings.</p>
        )}
        <span class="bar-space" />
        {mayRun && (
          <Button
            kind={ctf ? 'quiet' : 'plain'}
            onClick={() => {
              desk.dialog.value = 'ctf'
            }}
            data-testid="open-ctf"
          >
            {ctf ? 'Import other values…' : 'Import CTF values…'}
          </Button>
        )}
      </div>
      {ctf && <Values ctf={ctf} />}
    </section>
  )
}

function Values({ ctf }: { ctf: Ctf }): JSX.Element {
  const { defocus_u, defocus_v, astigmatism_angle, phase_shift, resolution } = ctf
  return (
    <dl class="ctf-values" data-testid="ctf-values">
      <Value name="Defocus">
        {defocus_u !== defocus_v && `${(defocus_u / 1e4).toFixed(2)} / `}
        {micrometres(defocus_v, 2)}
      </Value>
      {defocus_u !== defocus_v && <Value name="Astigmatism">at {astigmatism_angle.toFixed(0)}°</Value>}
      <Value name="Voltage">{figure(ctf.voltage)} kV</Value>
      <Value name="Cs">{figure(ctf.spherical_aberration)} mm</Value>
      <Value name="Amplitude contrast">{figure(ctf.amplitude_contrast)}</Value>
      {phase_shift !== 0 && <Value name="Phase shift">{figure(phase_shift)}°</Value>}
      {resolution !== null && <Value name="Fits to">{resolution.toFixed(1)} Å</Value>}
    </dl>
  )
}

function Value({ name, children }: { name: string; children: ComponentChildren }): JSX.Element {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
