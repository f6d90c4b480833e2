import type { Job, LabelKind, Training, TrainingDetail } from '../model/types'
import { requestJson } from './client'

/** The current networks of some project, which another one may start from. */
export interface Networks {
  readonly id: number
  readonly project: number
  readonly project_name: string
  /** Å */
  readonly particle_diameter: number
  readonly version: number
  readonly created_at: string
  readonly labels: Readonly<Partial<Record<LabelKind, number>>>
  readonly validation: Training['validation']
}

export const startTraining = (project: number): Promise<Job> =>
  requestJson('POST', `/api/projects/${project}/trainings`, { json: {} })

export const getTraining = (id: number): Promise<TrainingDetail> => requestJson('GET', `/api/trainings/${id}`)

export const makeCurrent = (id: number): Promise<null> =>
  requestJson('POST', `/api/trainings/${id}/make_current`, { json: {} })

export const validateTraining = (id: number): Promise<Job> =>
  requestJson('POST', `/api/trainings/${id}/validate`, { json: {} })

export const listNetworks = (): Promise<Networks[]> => requestJson('GET', '/api/trainings')

export const adoptNetworks = (project: number, training: number): Promise<Training> =>
  requestJson('POST', `/api/projects/${project}/trainings/adopt`, { json: { from_training: training } })

export const weightsUrl = (id: number): string => `/api/trainings/${id}/weights`
