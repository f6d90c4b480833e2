import type { ChangedMicrograph, Micrograph } from '../wire'
import { requestJson } from './client'

/** What people say of a micrograph as a whole; a threshold of null takes back its own. */
export type MicrographChange = ChangedMicrograph

export const changeMicrograph = (id: number, json: MicrographChange): Promise<Micrograph> =>
  requestJson('PATCH', `/api/micrographs/${id}`, { json })
