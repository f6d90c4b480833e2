import type { Folder, FolderImport, FolderImported, NewUpload, Received, Upload } from '../wire'
import { requestAll, requestJson } from './client'

/** What an upload is known by, on this page and on the server; `folder` is '' where the browser does not tell. */
export type UploadedFile = Required<NewUpload>

export const listUploads = (project: number): Promise<Upload[]> =>
  requestAll(`/api/v1/projects/${project}/uploads`)

/** Continues an unfinished upload of the same file. */
export const startUpload = (project: number, file: UploadedFile): Promise<Upload> =>
  requestJson('POST', `/api/v1/projects/${project}/uploads`, { json: file })

export const sendChunk = (
  upload: string,
  offset: number,
  body: Blob,
  signal: AbortSignal,
): Promise<Received> =>
  requestJson('PATCH', `/api/v1/uploads/${upload}`, {
    body,
    signal,
    headers: { 'Upload-Offset': String(offset), 'Content-Type': 'application/offset+octet-stream' },
  })

export const dropUpload = (upload: string): Promise<null> =>
  requestJson('DELETE', `/api/v1/uploads/${upload}`)

/** Folders of the server that may be imported from; '' lists the allowed roots. */
export const getFolder = (path: string, subfolders: boolean): Promise<Folder> =>
  requestJson('GET', `/api/v1/folders?${new URLSearchParams({ path, subfolders: subfolders ? '1' : '0' })}`)

export const importFolder = (project: number, path: string, subfolders: boolean): Promise<FolderImported> =>
  requestJson('POST', `/api/v1/projects/${project}/imports`, {
    json: { path, subfolders } satisfies FolderImport,
  })
