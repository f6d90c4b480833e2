import type { Member, NewMember, Role, WithRole } from '../wire'
import { requestJson } from './client'

const base = (project: number): string => `/api/v1/projects/${project}/members`

export const addMember = (project: number, username: string, role: Role): Promise<Member> =>
  requestJson('POST', base(project), { json: { username, role } satisfies NewMember })

export const changeMember = (project: number, user: number, role: Role): Promise<Member> =>
  requestJson('PATCH', `${base(project)}/${user}`, { json: { role } satisfies WithRole })

/** Removing oneself is leaving. */
export const removeMember = (project: number, user: number): Promise<null> =>
  requestJson('DELETE', `${base(project)}/${user}`)
