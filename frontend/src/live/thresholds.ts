import type { Limits } from '../model/picks/final'
import type { ProjectState } from '../model/project'
import { limitValues } from '../model/setting'
import type { SharedSettings } from './shared-settings'

/** The project's thresholds and limits, as sliders move them. */
export class SharedThresholds {
  constructor(
    readonly state: ProjectState,
    readonly shared: Pick<SharedSettings, 'slide'>,
  ) {}

  /** Those who may not change the project's move a slider for themselves, until somebody else does. */
  set(change: Partial<Limits>): void {
    if (this.state.mayRun.peek()) this.shared.slide(null, limitValues(change))
    else this.state.thresholds.value = { ...this.state.thresholds.peek(), ...change }
  }
}
