import type { AverageMembers, Averages, Beside, NewAverages } from '../wire'
import { requestAll, requestJson } from './client'

const path = (project: number, number: number): string => `/api/v1/projects/${project}/averages/${number}`

export const listAverages = (project: number): Promise<Averages[]> =>
  requestAll(`/api/v1/projects/${project}/averages`)

export const makeAverages = (project: number, json: NewAverages): Promise<Averages> =>
  requestJson('POST', `/api/v1/projects/${project}/averages`, { json })

export const removeAverages = (project: number, number: number): Promise<null> =>
  requestJson('DELETE', path(project, number))

export const getMembers = (project: number, number: number, of: number): Promise<AverageMembers> =>
  requestJson('GET', `${path(project, number)}/classes/${of}`)

export const getBeside = (project: number, number: number, other: number): Promise<Beside> =>
  requestJson('GET', `${path(project, number)}/beside/${other}`)

/** The averages as they stood after a round, beside one another in one picture. */
export const pictureUrl = (project: number, number: number, round: number): string =>
  `${path(project, number)}/picture.png?round=${round}`

export const downloadUrl = (project: number, number: number): string =>
  `${path(project, number)}/download.zip`
