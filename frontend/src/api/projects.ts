import type { Operation } from '../model/operation'
import type { PickBlock } from '../model/picks'
import type { Figures, Job, LabelKind, Member, Project, Role } from '../model/types'
import { requestBytes, requestJson } from './client'
import { parsePicks } from './picks'
import type { Snapshot } from './snapshot'

export interface Me {
  readonly id: number
  readonly username: string
  readonly is_admin: boolean
}

export interface ProjectSummary {
  readonly id: number
  readonly name: string
  readonly role: Role
  readonly particle_diameter: number
  readonly pixel_size: number | null
  readonly archived: boolean
  readonly micrographs: number
  readonly labels: Readonly<Record<LabelKind, number>>
  /** Picks of the networks that pass the thresholds. */
  readonly picks: number
  /** Of the current training. */
  readonly quality: Figures | null
  readonly current_training: number | null
  /** The address of a picture of one of its micrographs. */
  readonly cover: string | null
  /** The last change by a person; the name is null where the account is gone. */
  readonly changed_at: string
  readonly changed_by: string | null
  readonly members: readonly Member[]
}

export interface NewProject {
  name: string
  particle_diameter: number
  pixel_size?: number
}

export type ProjectChange = Partial<Omit<Project, 'id' | 'current_training'>>

export interface OperationAnswer {
  readonly sequence: number
  readonly results: readonly {
    readonly operation: string
    readonly status: 'applied' | 'repeated' | 'refused'
    readonly detail?: string
  }[]
}

/** Final picks against known truth; only `reference_particles` where there is none. */
export interface Agreement {
  readonly reference_particles: number
  readonly picks: number
  readonly matched: number
}

export const getMe = (): Promise<Me> => requestJson('GET', '/api/me')

export const listProjects = (): Promise<ProjectSummary[]> => requestJson('GET', '/api/projects')

export const createProject = (json: NewProject): Promise<ProjectSummary> =>
  requestJson('POST', '/api/projects', { json })

export const changeProject = (id: number, json: ProjectChange): Promise<Project> =>
  requestJson('PATCH', `/api/projects/${id}`, { json })

export const getSnapshot = (id: number): Promise<Snapshot> =>
  requestJson('GET', `/api/projects/${id}/snapshot`)

export const postOperations = (id: number, operations: readonly Operation[]): Promise<OperationAnswer> =>
  requestJson('POST', `/api/projects/${id}/operations`, { json: { operations } })

export const getProjectPicks = async (id: number): Promise<[number, PickBlock][]> =>
  parsePicks(await requestBytes(`/api/projects/${id}/picks`))

export const getMicrographPicks = async (id: number): Promise<[number, PickBlock][]> =>
  parsePicks(await requestBytes(`/api/micrographs/${id}/picks`))

export const removeMicrograph = (id: number): Promise<null> => requestJson('DELETE', `/api/micrographs/${id}`)

export const cancelJob = (id: number): Promise<Job> =>
  requestJson('POST', `/api/jobs/${id}/cancel`, { json: {} })

export const dismissJob = (id: number): Promise<null> =>
  requestJson('POST', `/api/jobs/${id}/dismiss`, { json: {} })

export const getAgreement = (id: number): Promise<Agreement> =>
  requestJson('GET', `/api/projects/${id}/agreement`)

export interface ExportChoice {
  readonly format: string
  /** The one micrograph to export; null for the whole project. */
  readonly micrograph: number | null
  /** The path before the file names in RELION's micrographs.star. */
  readonly folder: string
  /** Rows counted from the other end, as some programs read TIFF. */
  readonly flipY: boolean
}

export function exportUrl(id: number, { format, micrograph, folder, flipY }: ExportChoice): string {
  const query = new URLSearchParams({ format })
  if (micrograph !== null) query.set('micrograph', String(micrograph))
  if (folder) query.set('folder', folder)
  if (flipY) query.set('flip_y', '1')
  return `/api/projects/${id}/export?${query}`
}
