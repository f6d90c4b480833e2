import type { Micrograph, Project } from '../wire'
import type { Limits } from './picks/final'
import type { ProjectState } from './project'

/** What people set for everyone, besides marks: fields of the project or of a micrograph. */
export type SettingName =
  | keyof Pick<
      Project,
      | 'name'
      | 'particle_diameter'
      | 'pixel_size'
      | 'first_guess'
      | 'keep_training'
      | 'current_training'
      | 'minimum_distance'
      | 'border_margin'
    >
  | keyof Pick<Micrograph, 'particle_threshold' | 'contamination_threshold' | 'excluded' | 'flagged' | 'note'>

export type Value = string | number | boolean | null
export type Values = Readonly<Partial<Record<SettingName, Value>>>

/** The limits that sliders show, by the names of the project's row. */
const SLIDERS: Partial<Record<SettingName, keyof Limits>> = {
  particle_threshold: 'particle',
  contamination_threshold: 'contamination',
  minimum_distance: 'minimumDistance',
  border_margin: 'borderMargin',
}

export function namesOf(values: Values): SettingName[] {
  return Object.keys(values) as SettingName[]
}

export function sameValues(a: Values, b: Values): boolean {
  const names = namesOf(a)
  return names.length === namesOf(b).length && names.every(name => a[name] === b[name])
}

/** Whether sliders change these, which act here before they are shared. */
export function slides(values: Values): boolean {
  return namesOf(values).every(name => SLIDERS[name])
}

/** What is shown; `micrograph` null: of the project. */
export function shownValue(state: ProjectState, micrograph: number | null, name: SettingName): Value {
  const limit = SLIDERS[name]
  if (micrograph === null && limit) return state.thresholds.peek()[limit]
  const row = micrograph === null ? state.project.peek() : state.micrograph(micrograph)
  return (row as Values | null)?.[name] ?? null
}

/** Shows values here alone. */
export function showValues(state: ProjectState, micrograph: number | null, values: Values): void {
  if (micrograph !== null) return state.changeMicrograph(micrograph, values as Partial<Micrograph>)
  const limits = namesOf(values).map(name => [SLIDERS[name], values[name]])
  state.thresholds.value = { ...state.thresholds.peek(), ...Object.fromEntries(limits) }
}

export function limitsOf(project: Project): Limits {
  return {
    particle: project.particle_threshold,
    contamination: project.contamination_threshold,
    minimumDistance: project.minimum_distance,
    borderMargin: project.border_margin,
  }
}

/** Limits by the names of the project's row. */
export function limitValues(limits: Partial<Limits>): Values {
  const named = namesOf(SLIDERS as Values).map(name => [name, limits[SLIDERS[name] as keyof Limits]])
  return Object.fromEntries(named.filter(([, value]) => value !== undefined))
}
