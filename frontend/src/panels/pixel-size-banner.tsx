import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import type { Desk } from '../desk/desk'
import { useAction } from './action'
import { plural, positive } from './format'
import { Icon } from './icons'
import { Button } from './ui'

/** Asks for the pixel size where micrographs do not say it: without it sizes in Å mean nothing. */
export function PixelSizeBanner({ desk }: { desk: Desk }): JSX.Element | null {
  const text = useSignal('')
  const { busy, error, run } = useAction()
  const missing = desk.state.micrographs.value.filter(row => row.pixel_size === null).length
  if (missing === 0) return null
  const pixel_size = positive(text.value)
  const submit = (event: Event): void => {
    event.preventDefault()
    if (pixel_size !== null) void run(async () => void (await desk.shared.change(null, { pixel_size })))
  }
  return (
    <form class="banner" onSubmit={submit} data-testid="pixel-size-banner">
      <Icon name="warning" />
      <span>
        {plural(missing, 'micrograph')} {missing === 1 ? 'does' : 'do'} not say how large a pixel is. Marks
        cannot be drawn to size, nor networks trained, until it is known.
      </span>
      {desk.state.isOwner.value ? (
        <>
          <label class="banner-field">
            <span class="sr-only">Pixel size in Å per pixel</span>
            <input
              class="input input-short"
              inputMode="decimal"
              placeholder="1.77"
              value={text}
              onInput={event => {
                text.value = event.currentTarget.value
              }}
              data-testid="banner-pixel-size"
            />
            Å/px
          </label>
          <Button kind="primary" type="submit" disabled={busy || pixel_size === null}>
            Set pixel size
          </Button>
          {error && <span class="text-error">{error}</span>}
        </>
      ) : (
        <span>Ask an owner of the project to set it.</span>
      )}
    </form>
  )
}
