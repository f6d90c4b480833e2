import type { Export, ExportDetail, ExportedPoints, NewExport, SuggestedBox } from '../wire'
import { requestAll, requestJson } from './client'

export const listExports = (project: number): Promise<readonly Export[]> =>
  requestAll<Export>(`/api/v1/projects/${project}/exports`)

export const startExport = (project: number, wanted: NewExport): Promise<Export> =>
  requestJson('POST', `/api/v1/projects/${project}/exports`, { json: wanted })

/** Of particle stacks for which none is asked. */
export const getSuggestedBox = (project: number): Promise<SuggestedBox> =>
  requestJson('GET', `/api/v1/projects/${project}/exports/box`)

export const getExport = (id: number): Promise<ExportDetail> => requestJson('GET', `/api/v1/exports/${id}`)

export const removeExport = (id: number): Promise<null> => requestJson('DELETE', `/api/v1/exports/${id}`)

/** What the finished file says of one micrograph. */
export const getExportedPoints = (id: number, micrograph: number): Promise<ExportedPoints> =>
  requestJson('GET', `/api/v1/exports/${id}/points?micrograph=${micrograph}`)

export const exportFileUrl = (id: number): string => `/api/v1/exports/${id}/file`
