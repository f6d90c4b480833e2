import type { ReadonlySignal } from '@preact/signals'

/** A button in a message, to undo or to continue. */
export interface SayAction {
  readonly label: string
  run(): void
}

/** Shows a message for a few seconds, or until `over`. */
export type Say = (
  message: string,
  kind?: 'info' | 'error',
  action?: SayAction | null,
  over?: ReadonlySignal<boolean>,
) => void
