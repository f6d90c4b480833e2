import { requestJson } from './client'

export interface BroughtCtf {
  /** How many micrographs took values. */
  readonly matched: number
  /** Names in the file that no micrograph has. */
  readonly unmatched: readonly string[]
  /** Micrographs that the file does not name. */
  readonly missing: readonly string[]
  /** Rows that could not be used. */
  readonly left_out: readonly { readonly name: string; readonly reason: string }[]
}

export function bringCtf(project: number, file: File): Promise<BroughtCtf> {
  const body = new FormData()
  body.set('file', file)
  return requestJson('POST', `/api/projects/${project}/ctf`, { body })
}
