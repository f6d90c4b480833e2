import { type ReadonlySignal, signal } from '@preact/signals'
import type { JSX } from 'preact'
import type { Say, SayAction } from '../../desk/say'
import { Button, IconButton } from './ui'

interface Toast {
  readonly id: number
  readonly text: string
  readonly kind: 'info' | 'error'
  readonly action: SayAction | null
  readonly over: ReadonlySignal<boolean> | null
}

const toasts = signal<readonly Toast[]>([])
let last = 0

/** Says something for a few seconds; errors and offers stay longer. The same sentence is not stacked. */
export const say: Say = (text, kind = 'info', action = null, over) => {
  const id = ++last
  const others = toasts.value.filter(toast => toast.text !== text && !toast.over?.value)
  toasts.value = [...others, { id, text, kind, action, over: over ?? null }].slice(-4)
  setTimeout(() => dismiss(id), kind === 'error' || action ? 12_000 : 4_000)
}

function dismiss(id: number): void {
  toasts.value = toasts.value.filter(toast => toast.id !== id)
}

export function Toasts(): JSX.Element {
  const shown = toasts.value.filter(({ over }) => !over?.value)
  return (
    <div class="toasts" role="status" aria-live="polite" data-testid="toasts">
      {shown.map(({ id, text, kind, action }) => (
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
