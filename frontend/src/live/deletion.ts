import { deleteMicrographs, restoreMicrographs } from '../api/deleted'
import type { ProjectState } from '../model/project'
import type { DeletionStep, History } from '../model/undo/history'

/** The one way in which this browser deletes micrographs: records it for undo and sends it. */
export class Deletion {
  constructor(
    readonly project: number,
    readonly state: ProjectState,
    readonly history: History,
  ) {}

  /** Deletes what is there of `micrographs`. Raises ApiError. */
  async delete(micrographs: readonly number[]): Promise<DeletionStep> {
    const rows = micrographs.flatMap(id => this.state.micrograph(id) ?? [])
    const deleted = rows.map(({ id, name }) => ({ id, name }))
    const step: DeletionStep = { type: 'deletion', micrograph: null, deleted, gesture: null }
    this.history.add(step)
    try {
      await deleteMicrographs(this.project, micrographs)
    } catch (error) {
      this.history.forget(step)
      throw error
    }
    return step
  }

  /** Restores what a step deleted, or deletes it again. Answers for how many that was still to be done. */
  async replay({ deleted }: DeletionStep, back: boolean): Promise<number> {
    const ids = deleted.map(({ id }) => id).filter(id => (this.state.micrograph(id) !== null) !== back)
    if (ids.length === 0) return 0
    if (back) return (await restoreMicrographs(this.project, ids)).length
    await deleteMicrographs(this.project, ids)
    return ids.length
  }
}
