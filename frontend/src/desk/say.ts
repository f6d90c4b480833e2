import type { ReadonlySignal } from '@preact/signals'

/** A button in a message that takes it back, or carries on. */
export interface SayAction {
  readonly label: string
  run(): void
}

/** Says something for a few seconds, or until it is over. */
export type Say = (
  message: string,
  kind?: 'info' | 'error',
  action?: SayAction | null,
  over?: ReadonlySignal<boolean>,
) => void
