import type { AskForNext, AskToShare, Assignment, NextInQueue, SharedOut, TakenBack } from '../wire'
import { requestJson } from './client'

/** The next micrograph of one's own, or else one that is free, which is taken; null where nothing is left. */
export const takeNext = async (project: number, json: AskForNext): Promise<Assignment | null> =>
  (await requestJson<NextInQueue>('POST', `/api/v1/projects/${project}/queue/next`, { json })).assignment

/** Answers what was given; `key` makes it safe to ask again. */
export const shareOut = async (
  project: number,
  json: AskToShare,
  key: string,
): Promise<readonly Assignment[]> =>
  (
    await requestJson<SharedOut>('POST', `/api/v1/projects/${project}/queue/share`, {
      json,
      headers: { 'Idempotency-Key': key },
    })
  ).assignments

/** Answers how many assignments were freed. */
export const takeBack = async (project: number, micrographs: number[], person: number): Promise<number> =>
  (
    await requestJson<TakenBack>('POST', `/api/v1/projects/${project}/queue/take_back`, {
      json: { micrographs, person },
    })
  ).count

const on = (act: string) => (micrograph: number) =>
  requestJson<Assignment>('POST', `/api/v1/micrographs/${micrograph}/${act}`)

export const claim = on('claim')
export const finish = on('done')
export const reopen = on('reopen')

export const giveBack = (micrograph: number): Promise<null> =>
  requestJson('POST', `/api/v1/micrographs/${micrograph}/give_back`)

/** Accepts a person's work, or sends it back with a reason. */
export const review = ({ micrograph, user }: Assignment, reason: string | null): Promise<Assignment> =>
  requestJson('POST', `/api/v1/micrographs/${micrograph}/review`, {
    json: { person: user, accepted: reason === null, reason: reason ?? '' },
  })
