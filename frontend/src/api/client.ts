/** A request that the server refused (status ≥ 400) or that never reached it (status 0). */
export class ApiError extends Error {
  constructor(
    message: string,
    readonly status: number,
    readonly body: unknown = null,
  ) {
    super(message)
  }

  /** Worth trying again later: the connection or the server is at fault, not the request. */
  get passing(): boolean {
    return this.status === 0 || this.status >= 500 || this.status === 429
  }
}

export function unreachable(): ApiError {
  return new ApiError('The server cannot be reached. Check your connection; nothing is lost.', 0)
}

/** The server's disk is full: it cannot keep anything until somebody makes room. */
export const DISK_FULL = 507

/** The server's database does not answer. */
export const DATABASE_AWAY = 503

export function csrfToken(cookies = document.cookie): string {
  return /(?:^|;\s*)csrftoken=([^;]*)/.exec(cookies)?.[1] ?? ''
}

interface Options {
  json?: unknown
  body?: Blob | FormData
  headers?: Record<string, string>
  signal?: AbortSignal
}

async function send(method: string, url: string, options: Options): Promise<Response> {
  const headers: Record<string, string> = { Accept: 'application/json', ...options.headers }
  if (method !== 'GET') headers['X-CSRFToken'] = csrfToken()
  if (options.json !== undefined) headers['Content-Type'] = 'application/json'
  const body = options.json !== undefined ? JSON.stringify(options.json) : options.body
  let response: Response
  try {
    response = await fetch(url, {
      method,
      headers,
      credentials: 'same-origin',
      ...(body !== undefined && { body }),
      ...(options.signal && { signal: options.signal }),
    })
  } catch (cause) {
    if (options.signal?.aborted) throw cause
    throw unreachable()
  }
  if (!response.ok) throw await failure(response)
  return response
}

async function failure(response: Response): Promise<ApiError> {
  const body: unknown = await response.json().catch(() => null)
  return new ApiError(sentence(body) ?? fallback(response.status), response.status, body)
}

/** What a `Problem` of the server says to people; null for any other answer, which is not the server's own. */
export function sentence(body: unknown): string | null {
  if (body === null || typeof body !== 'object') return null
  return 'detail' in body && typeof body.detail === 'string' ? body.detail : null
}

function fallback(status: number): string {
  if (status === 401) return 'You are signed out. Sign in again.'
  if (status === 403) return 'Your role in this project does not allow that.'
  if (status === 404) return 'This does not exist, or you are not a member of the project.'
  if (status >= 500) return 'The server had a problem. Try again in a moment.'
  return `The server refused this (${status}).`
}

export async function requestJson<T>(method: string, url: string, options: Options = {}): Promise<T> {
  const response = await send(method, url, options)
  return (response.status === 204 ? null : await response.json()) as T
}

interface Page<T> {
  readonly next: string | null
  readonly results: readonly T[]
}

/** All rows of a list, which comes in pages. */
export async function requestAll<T>(url: string): Promise<T[]> {
  const rows: T[] = []
  for (let next: string | null = url; next !== null; ) {
    const page: Page<T> = await requestJson('GET', next)
    rows.push(...page.results)
    // Its path alone: behind a proxy the server may know itself by another name.
    next = page.next && new URL(page.next, location.href).pathname + new URL(page.next, location.href).search
  }
  return rows
}

export async function requestBytes(url: string): Promise<ArrayBuffer> {
  return (await send('GET', url, {})).arrayBuffer()
}
