/** The rows of a project, as the server tells them (wire.ts), and the marks made of them. */

import type { LabelKind, Training, TrainingDetail } from '../wire'

export type {
  Ctf,
  ExportFormat,
  Figures,
  Job,
  LabelKind,
  Member,
  Micrograph,
  NoFigures,
  Person,
  Project,
  Role,
  Training,
  TrainingDetail,
  VerdictKind,
} from '../wire'
export type { Label, Mark, Region, Verdict } from './marks/mark'

export const LABEL_KINDS: readonly LabelKind[] = ['particle', 'background', 'contamination']

export type LossPoint = Training['losses'][number]
export type NetworkName = LossPoint[0]

/** A labelled place that was held out: its kind, particle and contamination score; both 0 where nothing was seen. */
export type HeldOut = TrainingDetail['held_out'][number]
