import { requestJson } from './client'

export interface UploadRow {
  readonly id: string
  readonly name: string
  readonly size: number
  /** Bytes the server holds. */
  readonly received: number
}

export interface Folder {
  readonly path: string
  readonly parent: string | null
  readonly folders: readonly { readonly name: string; readonly path: string }[]
  readonly micrographs: number
}

export interface ImportAnswer {
  readonly jobs: number
  readonly skipped: readonly string[]
}

export const listUploads = (project: number): Promise<UploadRow[]> =>
  requestJson('GET', `/api/projects/${project}/uploads`)

/** Continues an unfinished upload of the same name and size. */
export const startUpload = (project: number, name: string, size: number): Promise<UploadRow> =>
  requestJson('POST', `/api/projects/${project}/uploads`, { json: { name, size } })

export const sendChunk = (
  upload: string,
  offset: number,
  body: Blob,
  signal: AbortSignal,
): Promise<{ received: number }> =>
  requestJson('PATCH', `/api/uploads/${upload}`, {
    body,
    signal,
    headers: { 'Upload-Offset': String(offset), 'Content-Type': 'application/offset+octet-stream' },
  })

export const dropUpload = (upload: string): Promise<null> => requestJson('DELETE', `/api/uploads/${upload}`)

/** Folders of the server that may be imported from; '' lists the allowed roots. */
export const getFolder = (path: string): Promise<Folder> =>
  requestJson('GET', `/api/folders?${new URLSearchParams({ path })}`)

export const importFolder = (project: number, path: string): Promise<ImportAnswer> =>
  requestJson('POST', `/api/projects/${project}/imports`, { json: { path } })
