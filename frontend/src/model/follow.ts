import { effect, type ReadonlySignal, untracked } from '@preact/signals'

/** Runs now and at each change of the signals, whatever else it reads. Returns a function that stops it. */
export function follow(signals: readonly ReadonlySignal<unknown>[], run: () => void): () => void {
  return effect(() => {
    signals.map(({ value }) => value)
    untracked(run)
  })
}
