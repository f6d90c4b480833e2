import type {
  AskForDoubleLabelling,
  DoubleAgreement,
  DoubleLabellingBegun,
  LabelDifferences,
  Revealed,
} from '../wire'
import { requestJson } from './client'

/** Has a share of the micrographs labelled by two people each, who do not see one another's marks. */
export const beginDoubleLabelling = (
  project: number,
  json: AskForDoubleLabelling,
): Promise<DoubleLabellingBegun> =>
  requestJson('POST', `/api/v1/projects/${project}/double_labelling`, { json })

/** Shows everyone all marks on these micrographs. */
export const reveal = (project: number, micrographs: readonly number[]): Promise<Revealed> =>
  requestJson('POST', `/api/v1/projects/${project}/double_labelling/reveal`, { json: { micrographs } })

/** How people agree who labelled blind, and how many differences are left on each micrograph. */
export const getDoubleAgreement = (project: number): Promise<DoubleAgreement> =>
  requestJson('GET', `/api/v1/projects/${project}/double_labelling/agreement`)

/** Where two people differ on a micrograph that they labelled blind. */
export const getDifferences = (micrograph: number): Promise<LabelDifferences> =>
  requestJson('GET', `/api/v1/micrographs/${micrograph}/differences`)
