import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import type { SharedSettings } from '../../live/shared-settings'
import type { ProjectState } from '../../model/project'
import { useAction } from '../kit/action'
import { plural, positive } from '../kit/format'
import { Icon } from '../kit/icons'
import { Button, ErrorNote } from '../kit/ui'

interface Props {
  state: ProjectState
  shared: SharedSettings
}

/** Asks for the pixel size where micrographs do not say it: without it sizes in Å mean nothing. */
export function PixelSizeBanner({ state, shared }: Props): JSX.Element | null {
  const text = useSignal('')
  const { busy, error, run } = useAction()
  const missing = state.micrographs.value.filter(row => row.pixel_size === null).length
  if (missing === 0) return null
  const pixel_size = positive(text.value)
  const submit = (event: Event): void => {
    event.preventDefault()
    if (pixel_size !== null) void run(async () => void (await shared.change(null, { pixel_size })))
  }
  return (
    <form class="banner" onSubmit={submit} data-testid="pixel-size-banner">
      <p>
        <Icon name="warning" size={16} />
        <span>
          {plural(missing, 'micrograph')} {missing === 1 ? 'does' : 'do'} not state the pixel size. Until it
          is set, marks are not drawn to scale, nothing is picked and networks cannot be trained.
        </span>
      </p>
      {state.mayRun.value ? (
        <div class="field-row">
          <label class="field-row">
            <span class="field-label">Pixel size</span>
            <input
              class="input"
              inputMode="decimal"
              placeholder="Å per pixel"
              value={text}
              onInput={event => {
                text.value = event.currentTarget.value
              }}
              data-testid="banner-pixel-size"
            />
          </label>
          <Button kind="primary" type="submit" disabled={busy || pixel_size === null}>
            Set pixel size
          </Button>
        </div>
      ) : (
        <p>{state.lockedRun.value}</p>
      )}
      {error && <ErrorNote>{error}</ErrorNote>}
    </form>
  )
}
