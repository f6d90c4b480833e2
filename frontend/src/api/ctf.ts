import type { BroughtCtf } from '../wire'
import { requestJson } from './client'

export function bringCtf(project: number, file: File): Promise<BroughtCtf> {
  const body = new FormData()
  body.set('file', file)
  return requestJson('POST', `/api/v1/projects/${project}/ctf`, { body })
}
