import { effect, type ReadonlySignal, untracked } from '@preact/signals'

/** Runs now and whenever one of the signals changes; what else it reads is not followed. Returns a function that stops it. */
export function follow(signals: readonly ReadonlySignal<unknown>[], run: () => void): () => void {
  return effect(() => {
    signals.map(({ value }) => value)
    untracked(run)
  })
}
