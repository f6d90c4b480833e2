import type { ProjectUse } from '../../wire'
import { inFull, megabytes } from '../kit/format'

/** 120 of 1,000 micrographs, 3.2 GB of 50.0 GB on the server. */
export function useText(use: ProjectUse): string {
  const most = use.most_micrographs === null ? '' : ` of ${inFull(use.most_micrographs)}`
  const room = use.most_bytes === null ? '' : ` of ${megabytes(use.most_bytes)}`
  return `In use: ${inFull(use.micrographs)}${most} micrographs, ${megabytes(use.bytes)}${room} on the server.`
}
