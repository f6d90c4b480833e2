import type { Deleted, Micrograph, Project, RestoredMicrographs } from '../wire'
import { requestAll, requestJson } from './client'

const LIST = 'limit=1000'

export const listDeleted = (project: number): Promise<Deleted[]> =>
  requestAll(`/api/v1/projects/${project}/deleted?${LIST}`)

export const deleteMicrographs = (project: number, micrographs: readonly number[]): Promise<null> =>
  requestJson('POST', `/api/v1/projects/${project}/micrographs/delete`, { json: { micrographs } })

export const restoreMicrographs = async (
  project: number,
  micrographs: readonly number[],
): Promise<readonly Micrograph[]> => {
  const address = `/api/v1/projects/${project}/micrographs/restore`
  return (await requestJson<RestoredMicrographs>('POST', address, { json: { micrographs } })).micrographs
}

export const deleteMicrographForGood = (project: number, micrograph: number): Promise<null> =>
  requestJson('DELETE', `/api/v1/projects/${project}/deleted/${micrograph}`)

export const deleteProject = (project: number): Promise<null> =>
  requestJson('DELETE', `/api/v1/projects/${project}`)

export const listDeletedProjects = (): Promise<Deleted[]> => requestAll(`/api/v1/deleted_projects?${LIST}`)

export const restoreProject = (project: number): Promise<Project> =>
  requestJson('POST', `/api/v1/deleted_projects/${project}/restore`, { json: {} })

export const deleteProjectForGood = (project: number): Promise<null> =>
  requestJson('DELETE', `/api/v1/deleted_projects/${project}`)
