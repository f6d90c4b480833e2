import type { Adoption, Job, Networks, Training, TrainingDetail } from '../wire'
import { requestJson } from './client'

export const startTraining = (project: number): Promise<Job> =>
  requestJson('POST', `/api/v1/projects/${project}/trainings`, { json: {} })

export const getTraining = (id: number): Promise<TrainingDetail> =>
  requestJson('GET', `/api/v1/trainings/${id}`)

export const makeCurrent = (id: number): Promise<null> =>
  requestJson('POST', `/api/v1/trainings/${id}/make_current`, { json: {} })

export const validateTraining = (id: number): Promise<Job> =>
  requestJson('POST', `/api/v1/trainings/${id}/validate`, { json: {} })

export const listNetworks = (): Promise<Networks[]> => requestJson('GET', '/api/v1/trainings')

export const adoptNetworks = (project: number, training: number): Promise<Training> =>
  requestJson('POST', `/api/v1/projects/${project}/trainings/adopt`, {
    json: { from_training: training } satisfies Adoption,
  })

export const weightsUrl = (id: number): string => `/api/v1/trainings/${id}/weights`
