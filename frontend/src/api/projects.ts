import type { Limits } from '../model/picks/final'
import type { PickBlock } from '../model/picks/picks'
import type {
  Agreement,
  ChangedProject,
  DiameterScan,
  Job,
  ListedProject,
  Me,
  NewProject,
  PickSummary,
  Project,
  ProjectUse,
  Snapshot,
} from '../wire'
import { requestAll, requestBytes, requestJson } from './client'
import { parsePicks } from './picks'

export const getMe = (): Promise<Me> => requestJson('GET', '/api/v1/me')

export const listProjects = (): Promise<ListedProject[]> => requestAll('/api/v1/projects?limit=1000')

export const createProject = (json: NewProject): Promise<Project> =>
  requestJson('POST', '/api/v1/projects', { json })

export const changeProject = (id: number, json: ChangedProject): Promise<Project> =>
  requestJson('PATCH', `/api/v1/projects/${id}`, { json })

export const getProjectUse = (id: number): Promise<ProjectUse> =>
  requestJson('GET', `/api/v1/projects/${id}/use`)

export const getSnapshot = (id: number): Promise<Snapshot> =>
  requestJson('GET', `/api/v1/projects/${id}/snapshot`)

/** Where there are many more than `most`, those of evenly chosen micrographs. */
export const getProjectPicks = async (id: number, most: number): Promise<[number, PickBlock][]> =>
  parsePicks(await requestBytes(`/api/v1/projects/${id}/picks?most=${most}`))

export const getPickSummary = (id: number, at: Limits): Promise<PickSummary> =>
  requestJson('GET', `/api/v1/projects/${id}/picks/summary?${asked(at)}`)

function asked(at: Limits): URLSearchParams {
  return new URLSearchParams({
    particle_threshold: `${at.particle}`,
    contamination_threshold: `${at.contamination}`,
    minimum_distance: `${at.minimumDistance}`,
    border_margin: `${at.borderMargin}`,
  })
}

export const getMicrographPicks = async (id: number): Promise<[number, PickBlock][]> =>
  parsePicks(await requestBytes(`/api/v1/micrographs/${id}/picks`))

export const cancelJob = (id: number): Promise<Job> =>
  requestJson('POST', `/api/v1/jobs/${id}/cancel`, { json: {} })

export const dismissJob = (id: number): Promise<null> =>
  requestJson('POST', `/api/v1/jobs/${id}/dismiss`, { json: {} })

export const getDiameterScan = (id: number): Promise<DiameterScan> =>
  requestJson('GET', `/api/v1/projects/${id}/diameter`)

export const scanDiameter = (id: number): Promise<Job> =>
  requestJson('POST', `/api/v1/projects/${id}/diameter`, { json: {} })

export const getAgreement = (id: number): Promise<Agreement> =>
  requestJson('GET', `/api/v1/projects/${id}/agreement`)
