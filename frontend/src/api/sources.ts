import type { PickBlock } from '../model/picks/picks'
import type { ChangedSource, Source } from '../wire'
import { requestBytes, requestJson } from './client'
import { parsePicks } from './picks'

export const changeSource = (project: number, id: number, change: ChangedSource): Promise<Source> =>
  requestJson('PATCH', `/api/v1/projects/${project}/sources/${id}`, { json: change })

export const removeSource = (project: number, id: number): Promise<null> =>
  requestJson('DELETE', `/api/v1/projects/${project}/sources/${id}`)

export async function getSourcePicks(project: number, id: number): Promise<[number, PickBlock][]> {
  return parsePicks(await requestBytes(`/api/v1/projects/${project}/sources/${id}/picks`))
}
