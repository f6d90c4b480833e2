import type { Adoption, Job, Networks, Training, TrainingDetail } from '../wire'
import { requestJson } from './client'

export const startTraining = (project: number): Promise<Job> =>
  requestJson('POST', `/api/projects/${project}/trainings`, { json: {} })

export const getTraining = (id: number): Promise<TrainingDetail> => requestJson('GET', `/api/trainings/${id}`)

export const makeCurrent = (id: number): Promise<null> =>
  requestJson('POST', `/api/trainings/${id}/make_current`, { json: {} })

export const validateTraining = (id: number): Promise<Job> =>
  requestJson('POST', `/api/trainings/${id}/validate`, { json: {} })

export const listNetworks = (): Promise<Networks[]> => requestJson('GET', '/api/trainings')

export const adoptNetworks = (project: number, training: number): Promise<Training> =>
  requestJson('POST', `/api/projects/${project}/trainings/adopt`, {
    json: { from_training: training } satisfies Adoption,
  })

export const weightsUrl = (id: number): string => `/api/trainings/${id}/weights`
