import type { ChangedMicrograph, Micrograph } from '../wire'
import { requestJson } from './client'

export const changeMicrograph = (id: number, json: ChangedMicrograph): Promise<Micrograph> =>
  requestJson('PATCH', `/api/v1/micrographs/${id}`, { json })
