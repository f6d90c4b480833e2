import type { Thresholds } from '../model/picks/final'
import type { ProjectState } from '../model/project'
import type { SharedSettings } from './shared-settings'

/** A micrograph's own thresholds, in place of the project's. */
export class OwnThresholds {
  constructor(
    readonly state: ProjectState,
    readonly shared: Pick<SharedSettings, 'slide'>,
  ) {}

  /** Null: the project's count again. */
  set(id: number, own: Thresholds | null): void {
    if (!this.state.mayRun.peek()) return
    this.shared.slide(id, {
      particle_threshold: own?.particle ?? null,
      contamination_threshold: own?.contamination ?? null,
    })
  }
}
