import type { PickBlock } from '../model/picks/picks'
import type { Difference, HistoryPage, Past, Restored, Timeline } from '../wire'
import { requestBytes, requestJson } from './client'
import { parsePicks } from './picks'

/** What the history is narrowed to; null for all. Times are ISO. */
export interface HistoryFilter {
  readonly person: number | null
  readonly kind: string | null
  readonly micrograph: number | null
  readonly since: string | null
  readonly until: string | null
}

/** Which marks a restoration brings back; null for all. */
export interface RestoreScope {
  readonly micrograph: number | null
  readonly person: number | null
}

const query = (values: Readonly<Record<string, string | number | null>>): string =>
  String(
    new URLSearchParams(
      Object.entries(values).flatMap(([name, value]) => (value === null ? [] : [[name, String(value)]])),
    ),
  )

/** A page of it, the newest first: the first one, or those changes `after` a sequence number. */
export const getHistory = (
  project: number,
  { kind, ...filter }: HistoryFilter,
  limit: number,
  after: number | null = null,
): Promise<HistoryPage> =>
  requestJson('GET', `/api/v1/projects/${project}/history?${query({ ...filter, kinds: kind, limit, after })}`)

/** The page at an address that another one gave. */
export function getHistoryPage(address: string): Promise<HistoryPage> {
  const { pathname, search } = new URL(address, location.href) // behind a proxy the server may have another name
  return requestJson('GET', pathname + search)
}

export const getTimeline = (project: number): Promise<Timeline> =>
  requestJson('GET', `/api/v1/projects/${project}/timeline`)

/** A micrograph as of an event. */
export const getPast = (project: number, at: number, micrograph: number): Promise<Past> =>
  requestJson('GET', `/api/v1/projects/${project}/past?${query({ at, micrograph })}`)

/** The picks of one source on one micrograph; null where there are none. */
export async function getPicksOf(micrograph: number, source: number): Promise<PickBlock | null> {
  const packed = await requestBytes(`/api/v1/micrographs/${micrograph}/picks?${query({ source })}`)
  return parsePicks(packed)[0]?.[1] ?? null
}

export const getDifference = (project: number, at: number, scope: RestoreScope): Promise<Difference> =>
  requestJson('GET', `/api/v1/projects/${project}/past/difference?${query({ at, ...scope })}`)

/** Brings marks back to a moment, or takes a restoration back. Sent again with the same key, it is done once. */
export const postRestoration = (
  project: number,
  key: string,
  json: (RestoreScope & { readonly at: number }) | { readonly undoes: number },
): Promise<Restored> =>
  requestJson('POST', `/api/v1/projects/${project}/restorations`, {
    json,
    headers: { 'Idempotency-Key': key },
  })
