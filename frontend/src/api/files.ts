import { requestJson } from './client'

/** What an upload is known by, on this page and on the server. */
export interface UploadedFile {
  readonly name: string
  /** The folders that contain it, below what was dropped; '' if the browser does not say. */
  readonly folder: string
  readonly size: number
  /** Of its content (uploads/fingerprint.ts). */
  readonly fingerprint: string
}

export interface UploadRow extends UploadedFile {
  readonly id: string
  /** Bytes the server holds. */
  readonly received: number
}

/** Files that are left out: why, how many, and the first of them. */
export interface LeftOutRow {
  readonly reason: string
  readonly count: number
  readonly names: readonly string[]
}

export interface Folder {
  readonly path: string
  readonly parent: string | null
  readonly folders: readonly { readonly name: string; readonly path: string }[]
  /** What an import would bring, and what it would not. */
  readonly micrographs: number
  readonly left_out: readonly LeftOutRow[]
}

export interface ImportAnswer {
  readonly jobs: number
  /** In the project already. */
  readonly skipped: readonly string[]
  readonly left_out: readonly LeftOutRow[]
}

export const listUploads = (project: number): Promise<UploadRow[]> =>
  requestJson('GET', `/api/projects/${project}/uploads`)

/** Continues an unfinished upload of the same file. */
export const startUpload = (project: number, file: UploadedFile): Promise<UploadRow> =>
  requestJson('POST', `/api/projects/${project}/uploads`, { json: file })

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
export const getFolder = (path: string, subfolders: boolean): Promise<Folder> =>
  requestJson('GET', `/api/folders?${new URLSearchParams({ path, subfolders: subfolders ? '1' : '0' })}`)

export const importFolder = (project: number, path: string, subfolders: boolean): Promise<ImportAnswer> =>
  requestJson('POST', `/api/projects/${project}/imports`, { json: { path, subfolders } })
