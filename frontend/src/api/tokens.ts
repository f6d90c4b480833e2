import type { MadeToken, NewToken, Token } from '../wire'
import { requestAll, requestJson } from './client'

export const listTokens = (): Promise<Token[]> => requestAll('/api/v1/tokens')

export const makeToken = (json: NewToken): Promise<MadeToken> =>
  requestJson('POST', '/api/v1/tokens', { json })

/** What sends it is nobody from then on. */
export const revokeToken = (id: number): Promise<null> => requestJson('DELETE', `/api/v1/tokens/${id}`)
