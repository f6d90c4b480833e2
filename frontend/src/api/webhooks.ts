import type { ChangedWebhook, Delivery, DeliveryPage, MadeWebhook, NewWebhook, Webhook } from '../wire'
import { requestJson } from './client'

const SHOWN = 20

const at = (project: number, ...more: (string | number)[]): string =>
  ['/api/v1/projects', project, 'webhooks', ...more].join('/')

export const listWebhooks = (project: number): Promise<Webhook[]> => requestJson('GET', at(project))

export const makeWebhook = (project: number, json: NewWebhook): Promise<MadeWebhook> =>
  requestJson('POST', at(project), { json })

export const changeWebhook = (project: number, id: number, json: ChangedWebhook): Promise<Webhook> =>
  requestJson('PATCH', at(project, id), { json })

export const removeWebhook = (project: number, id: number): Promise<null> =>
  requestJson('DELETE', at(project, id))

export const renewSecret = (project: number, id: number): Promise<MadeWebhook> =>
  requestJson('POST', at(project, id, 'secret'))

export const sendTest = (project: number, id: number): Promise<Delivery> =>
  requestJson('POST', at(project, id, 'test'))

/** The newest ones. */
export const listDeliveries = async (project: number, id: number): Promise<readonly Delivery[]> =>
  (await requestJson<DeliveryPage>('GET', `${at(project, id, 'deliveries')}?limit=${SHOWN}`)).results

export const sendAgain = (project: number, id: number, delivery: number): Promise<Delivery> =>
  requestJson('POST', at(project, id, 'deliveries', delivery, 'send'))
