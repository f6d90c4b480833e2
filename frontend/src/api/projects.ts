import type { PickBlock } from '../model/picks/picks'
import type {
  Agreement,
  ChangedProject,
  DiameterScan,
  Job,
  ListedProject,
  Me,
  NewProject,
  Project,
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

export const getSnapshot = (id: number): Promise<Snapshot> =>
  requestJson('GET', `/api/v1/projects/${id}/snapshot`)

export const getProjectPicks = async (id: number): Promise<[number, PickBlock][]> =>
  parsePicks(await requestBytes(`/api/v1/projects/${id}/picks`))

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
