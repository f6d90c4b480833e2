import type { Member, Role } from '../model/types'
import { requestJson } from './client'

const base = (project: number): string => `/api/projects/${project}/members`

export const addMember = (project: number, username: string, role: Role): Promise<Member> =>
  requestJson('POST', base(project), { json: { username, role } })

export const changeMember = (project: number, user: number, role: Role): Promise<Member> =>
  requestJson('PATCH', `${base(project)}/${user}`, { json: { role } })

/** Removing oneself is leaving. */
export const removeMember = (project: number, user: number): Promise<null> =>
  requestJson('DELETE', `${base(project)}/${user}`)

export const invite = (project: number, role: Role): Promise<{ url: string }> =>
  requestJson('POST', `/api/projects/${project}/invitations`, { json: { role } })
