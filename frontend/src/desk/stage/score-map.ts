import { signal } from '@preact/signals'
import type { NetworkName } from '../../model/quality/losses'

export type MapChoice = 'off' | NetworkName
const CHOICES: readonly MapChoice[] = ['off', 'particle', 'contamination']

/** Which network's scores lie over the micrograph, and how strongly. */
export class ScoreMap {
  readonly network = signal<MapChoice>('off')
  readonly opacity = signal(0.6)
  /** Why no map is shown although one was chosen; empty while it is shown or loading. */
  readonly missing = signal('')

  next(): void {
    const now = CHOICES.indexOf(this.network.peek())
    this.network.value = CHOICES[(now + 1) % CHOICES.length] ?? 'off'
  }
}
