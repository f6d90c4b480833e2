import { effect } from '@preact/signals'
import { ApiError } from '../api/client'
import { changeProject } from '../api/projects'
import type { Thresholds } from '../model/final'
import type { ProjectState } from '../model/project'

/** Milliseconds a slider must rest before its value is shared. */
const REST = 300

/** The project's thresholds: a slider acts here at once and is shared when it rests; others' moves show. */
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
  set(change: Partial<Thresholds>): void {
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
    const { particle, contamination } = this.state.thresholds.peek()
    if (particle === project.particle_threshold && contamination === project.contamination_threshold) return
    this.state.thresholds.value = {
      particle: project.particle_threshold,
      contamination: project.contamination_threshold,
    }
  }

  async #share(turn: number): Promise<void> {
    const project = this.state.project.peek()
    if (!project) return
    const { particle, contamination } = this.state.thresholds.peek()
    try {
      const change = { particle_threshold: particle, contamination_threshold: contamination }
      const changed = await changeProject(project.id, change)
      if (turn !== this.#mine) return
      this.#mine = 0
      const { particle_threshold, contamination_threshold } = changed
      const now = this.state.project.peek() ?? project
      this.state.project.value = { ...now, particle_threshold, contamination_threshold }
    } catch (error) {
      if (turn === this.#mine) this.#mine = 0
      if (error instanceof ApiError) this.say(`The thresholds are not shared: ${error.message}`)
      else throw error
    }
  }
}
