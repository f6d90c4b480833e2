import { effect } from '@preact/signals'
import { ApiError } from '../api/client'
import { changeProject } from '../api/projects'
import type { Limits } from '../model/final'
import type { ProjectState } from '../model/project'
import type { Project } from '../model/types'

/** Milliseconds a slider must rest before its value is shared. */
export const REST = 300

/** The project's thresholds and limits: a slider acts here at once and is shared when it rests; others' moves show. */
export class SharedThresholds {
  #timer = 0
  #mine = 0

  constructor(
    readonly state: ProjectState,
    readonly say: (message: string) => void,
  ) {
    effect(() => this.#follow())
  }

  /** Moves a slider. Those who may only look move it for themselves, until somebody else does. */
  set(change: Partial<Limits>): void {
    this.state.thresholds.value = { ...this.state.thresholds.peek(), ...change }
    if (!this.state.mayEdit.peek()) return
    this.#mine++
    clearTimeout(this.#timer)
    this.#timer = window.setTimeout(() => void this.#share(this.#mine), REST)
  }

  /** Takes on the project's values unless this person is just moving them. */
  #follow(): void {
    const project = this.state.project.value
    if (!project || this.#mine > 0) return
    const shared = limitsOf(project)
    const shown = this.state.thresholds.peek()
    const same = (Object.keys(shared) as (keyof Limits)[]).every(key => shared[key] === shown[key])
    if (!same) this.state.thresholds.value = shared
  }

  async #share(turn: number): Promise<void> {
    const project = this.state.project.peek()
    if (!project) return
    const { particle, contamination, minimumDistance, borderMargin } = this.state.thresholds.peek()
    try {
      const { particle_threshold, contamination_threshold, minimum_distance, border_margin } =
        await changeProject(project.id, {
          particle_threshold: particle,
          contamination_threshold: contamination,
          minimum_distance: minimumDistance,
          border_margin: borderMargin,
        })
      if (turn !== this.#mine) return
      this.#mine = 0
      const shared = { particle_threshold, contamination_threshold, minimum_distance, border_margin }
      this.state.project.value = { ...(this.state.project.peek() ?? project), ...shared }
    } catch (error) {
      if (turn === this.#mine) this.#mine = 0
      if (error instanceof ApiError) this.say(`The thresholds are not shared: ${error.message}`)
      else throw error
    }
  }
}

export function limitsOf(project: Project): Limits {
  return {
    particle: project.particle_threshold,
    contamination: project.contamination_threshold,
    minimumDistance: project.minimum_distance,
    borderMargin: project.border_margin,
  }
}
