import type { Micrograph } from '../model/types'
import { requestJson } from './client'

/** What people say of a micrograph as a whole; a threshold of null takes back its own. */
export type MicrographChange = Partial<
  Pick<Micrograph, 'particle_threshold' | 'contamination_threshold' | 'excluded' | 'flagged' | 'note'>
>

export const changeMicrograph = (id: number, json: MicrographChange): Promise<Micrograph> =>
  requestJson('PATCH', `/api/micrographs/${id}`, { json })
