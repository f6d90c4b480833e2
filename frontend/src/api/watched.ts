import type { FolderImport, Watched, WatchedDetail } from '../wire'
import { requestJson } from './client'

/** Watches a folder, list or pattern of the server for new micrographs. */
export const startWatching = (project: number, path: string, subfolders: boolean): Promise<Watched> =>
  requestJson('POST', `/api/v1/projects/${project}/watched`, {
    json: { path, subfolders } satisfies FolderImport,
  })

export const getWatched = (project: number, id: number): Promise<WatchedDetail> =>
  requestJson('GET', `/api/v1/projects/${project}/watched/${id}`)

export const stopWatching = (project: number, id: number): Promise<Watched> =>
  requestJson('POST', `/api/v1/projects/${project}/watched/${id}/stop`)
