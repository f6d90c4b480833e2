import type { NamedSnapshot, NewSnapshot } from '../wire'
import { requestAll, requestJson } from './client'

const base = (project: number): string => `/api/v1/projects/${project}/snapshots`

export const listSnapshots = (project: number): Promise<NamedSnapshot[]> =>
  requestAll(`${base(project)}?limit=1000`)

export const getSnapshotAt = (project: number, number: number): Promise<NamedSnapshot> =>
  requestJson('GET', `${base(project)}/${number}`)

export const makeSnapshot = (project: number, json: NewSnapshot): Promise<NamedSnapshot> =>
  requestJson('POST', base(project), { json })

export const removeSnapshot = (project: number, number: number): Promise<null> =>
  requestJson('DELETE', `${base(project)}/${number}`)

export const snapshotFileUrl = (project: number, number: number): string => `${base(project)}/${number}/file`
