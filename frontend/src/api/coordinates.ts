import type { PickBlock } from '../model/picks/picks'
import { type ChosenFile, pathOf } from '../uploads/chosen'
import type {
  ChangedCoordinateImport,
  CoordinateImport,
  NewCoordinateImport,
  StoreCoordinates,
  StoredCoordinates,
} from '../wire'
import { requestBytes, requestJson } from './client'
import { parsePicks } from './picks'

const at = (id: string): string => `/api/v1/coordinates/${id}`

export const startCoordinateImport = (project: number): Promise<NewCoordinateImport> =>
  requestJson('POST', `/api/v1/projects/${project}/coordinates`, { json: {} })

export function addCoordinateFiles(id: string, files: readonly ChosenFile[]): Promise<NewCoordinateImport> {
  const body = new FormData()
  for (const chosen of files) {
    body.append('files', chosen.file)
    body.append('paths', pathOf(chosen))
  }
  return requestJson('POST', `${at(id)}/files`, { body })
}

export const getCoordinateImport = (id: string): Promise<CoordinateImport> => requestJson('GET', at(id))

export const changeCoordinateImport = (
  id: string,
  json: ChangedCoordinateImport,
): Promise<CoordinateImport> => requestJson('PATCH', at(id), { json })

/** What would be stored on one micrograph. */
export async function getComingPicks(id: string, micrograph: number): Promise<PickBlock | null> {
  const [first] = parsePicks(await requestBytes(`${at(id)}/picks?micrograph=${micrograph}`))
  return first?.[1] ?? null
}

export const storeCoordinates = (id: string, json: StoreCoordinates): Promise<StoredCoordinates> =>
  requestJson('POST', `${at(id)}/store`, { json })

export const dropCoordinateImport = (id: string): Promise<null> => requestJson('DELETE', at(id))
