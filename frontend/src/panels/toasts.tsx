import { signal } from '@preact/signals'
import type { JSX } from 'preact'
import type { SayAction } from '../desk/desk'
import { Button, IconButton } from './ui'

interface Toast {
  readonly id: number
  readonly text: string
  readonly kind: 'info' | 'error'
  readonly action: SayAction | null
}

const toasts = signal<readonly Toast[]>([])
let last = 0

/** Says something for a few seconds; errors and offers stay longer. The same sentence is not stacked. */
export function say(text: string, kind: 'info' | 'error' = 'info', action: SayAction | null = null): void {
  const id = ++last
  toasts.value = [...toasts.value.filter(toast => toast.text !== text), { id, text, kind, action }].slice(-4)
  setTimeout(() => dismiss(id), kind === 'error' || action ? 12_000 : 4_000)
}

function dismiss(id: number): void {
  toasts.value = toasts.value.filter(toast => toast.id !== id)
}

export function Toasts(): JSX.Element {
  return (
    <div class="toasts" role="status" aria-live="polite" data-testid="toasts">
      {toasts.value.map(({ id, text, kind, action }) => (
        <div class={`toast toast-${kind}`} key={id}>
          <span>{text}</span>
          {action && (
            <Button
              kind="quiet"
              onClick={() => {
                dismiss(id)
                action.run()
              }}
              data-testid="toast-action"
            >
              {action.label}
            </Button>
          )}
          <IconButton icon="close" label="Dismiss" onClick={() => dismiss(id)} />
        </div>
      ))}
    </div>
  )
}
