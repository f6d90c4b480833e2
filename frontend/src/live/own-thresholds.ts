import { ApiError } from '../api/client'
import { changeMicrograph, type MicrographChange } from '../api/micrographs'
import type { Thresholds } from '../model/final'
import type { ProjectState } from '../model/project'
import { REST } from './thresholds'

/** A micrograph's own thresholds, in place of the project's: they act here at once and are shared at rest. */
export class OwnThresholds {
  #timer = 0
  #before: MicrographChange | null = null

  constructor(
    readonly state: ProjectState,
    readonly say: (message: string) => void,
  ) {}

  /** Null: the project's count again. */
  set(id: number, own: Thresholds | null): void {
    const row = this.state.micrograph(id)
    if (!row || !this.state.mayEdit.peek()) return
    const { particle_threshold, contamination_threshold } = row
    this.#before ??= { particle_threshold, contamination_threshold }
    const change = {
      particle_threshold: own?.particle ?? null,
      contamination_threshold: own?.contamination ?? null,
    }
    this.state.changeMicrograph(id, change)
    clearTimeout(this.#timer)
    this.#timer = window.setTimeout(() => void this.#share(id, change), own ? REST : 0)
  }

  async #share(id: number, change: MicrographChange): Promise<void> {
    const before = this.#before
    this.#before = null
    try {
      await changeMicrograph(id, change)
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      if (before) this.state.changeMicrograph(id, before)
      this.say(`The thresholds of this micrograph are not shared: ${error.message}`)
    }
  }
}
