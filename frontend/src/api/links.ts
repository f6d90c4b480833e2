import type {
  Invitation,
  InvitationAsked,
  MadeInvitation,
  MadeSharedLink,
  NewSharedLink,
  SharedLink,
} from '../wire'
import { requestAll, requestJson } from './client'

const invitations = (project: number): string => `/api/v1/projects/${project}/invitations`
const sharedLinks = (project: number): string => `/api/v1/projects/${project}/shared_links`

export const listInvitations = (project: number): Promise<Invitation[]> => requestAll(invitations(project))

export const invite = (project: number, wanted: InvitationAsked): Promise<MadeInvitation> =>
  requestJson('POST', invitations(project), { json: wanted })

export const revokeInvitation = (project: number, id: number): Promise<null> =>
  requestJson('DELETE', `${invitations(project)}/${id}`)

export const listSharedLinks = (project: number): Promise<SharedLink[]> => requestAll(sharedLinks(project))

export const share = (project: number, wanted: NewSharedLink): Promise<MadeSharedLink> =>
  requestJson('POST', sharedLinks(project), { json: wanted })

export const revokeShared = (project: number, id: number): Promise<null> =>
  requestJson('DELETE', `${sharedLinks(project)}/${id}`)
