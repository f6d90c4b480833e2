import { signal } from '@preact/signals'
import type { JSX } from 'preact'
import { ago } from './format'

const now = signal(Date.now())
setInterval(() => {
  now.value = Date.now()
}, 30_000)

/** How long ago something was; when, on hover. */
export function Ago({ iso }: { iso: string }): JSX.Element {
  return (
    <time dateTime={iso} title={new Date(iso).toLocaleString('en-GB')}>
      {ago(iso, Math.max(now.value, Date.parse(iso)))}
    </time>
  )
}
