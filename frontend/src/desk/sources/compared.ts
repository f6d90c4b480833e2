import { batch, type ReadonlySignal, signal } from '@preact/signals'
import { ApiError } from '../../api/client'
import { getComparedPlaces, type Two } from '../../api/comparisons'
import { follow } from '../../model/follow'
import type { ComparedPlaces, Comparison } from '../../wire'
import type { Say } from '../say'

/** What a comparison needs of the desk. */
export interface ComparedHost {
  readonly current: ReadonlySignal<number | null>
  readonly say: Say
}

/** Two sets of picks that are shown beside one another instead of all other marks, while somebody compares them. */
export class Compared {
  /** What is compared, and what was found in all. */
  readonly shown = signal<{ readonly two: Two; readonly found: Comparison } | null>(null)
  /** Of the open micrograph; null until they have come. */
  readonly places = signal<ComparedPlaces | null>(null)
  #end: () => void = () => undefined

  constructor(readonly host: ComparedHost) {}

  start(): void {
    this.#end = follow([this.shown, this.host.current], () => void this.#load())
  }

  stop(): void {
    this.#end()
  }

  show(two: Two, found: Comparison): void {
    this.shown.value = { two, found }
  }

  leave(): void {
    batch(() => {
      this.shown.value = null
      this.places.value = null
    })
  }

  async #load(): Promise<void> {
    const shown = this.shown.peek()
    const micrograph = this.host.current.peek()
    this.places.value = null
    if (!shown || micrograph === null) return
    try {
      const places = await getComparedPlaces(micrograph, shown.two)
      if (this.shown.peek() === shown && this.host.current.peek() === micrograph) this.places.value = places
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      this.host.say(`Could not compare the picks of this micrograph. ${error.message}`, 'error')
    }
  }
}
