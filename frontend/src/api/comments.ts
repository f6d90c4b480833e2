import type { ReadUpTo } from '../wire'
import { requestJson } from './client'

const address = (project: number, comment: string): string =>
  `/api/v1/projects/${project}/comments/${comment}`

/** Deletes somebody else's comment, or brings it back: for those who manage the project. */
export const moderateComment = (project: number, comment: string, deleted: boolean): Promise<unknown> =>
  requestJson('PATCH', address(project, comment), { json: { deleted } })

/** Notes that this person has read a thread up to an event. */
export const noteRead = (project: number, thread: string, sequence: number): Promise<null> =>
  requestJson('POST', `${address(project, thread)}/read`, { json: { sequence } satisfies ReadUpTo })
