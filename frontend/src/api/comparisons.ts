import type { ComparedPlaces, Comparison, NewConsensus, Source } from '../wire'
import { requestJson } from './client'

/** Keys of two sets of picks, as the server knows them: `networks`, `labels:3`, `source:7` … */
export interface Two {
  readonly first: string
  readonly second: string
}

const query = ({ first, second }: Two): string => String(new URLSearchParams({ first, second }))

export const getComparison = (project: number, two: Two): Promise<Comparison> =>
  requestJson('GET', `/api/v1/projects/${project}/comparisons?${query(two)}`)

export const getComparedPlaces = (micrograph: number, two: Two): Promise<ComparedPlaces> =>
  requestJson('GET', `/api/v1/micrographs/${micrograph}/comparisons?${query(two)}`)

export const makeConsensus = (project: number, json: NewConsensus): Promise<Source> =>
  requestJson('POST', `/api/v1/projects/${project}/consensus`, { json })
