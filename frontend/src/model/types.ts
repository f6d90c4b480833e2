import type { Point } from '../geometry/point'
import type { Polygon } from '../geometry/polygon'

export type Role = 'owner' | 'annotator' | 'viewer'
export type LabelKind = 'particle' | 'background' | 'contamination'
export type VerdictKind = 'accept' | 'reject' | 'move'

export const LABEL_KINDS: readonly LabelKind[] = ['particle', 'background', 'contamination']

interface Owned {
  readonly id: string
  readonly micrograph: number
  readonly author: number | null
  /** ISO time of the server; empty while the server has not answered. */
  readonly createdAt: string
}

export interface Label extends Owned, Point {
  readonly type: 'label'
  readonly kind: LabelKind
}

export interface Region extends Owned {
  readonly type: 'region'
  readonly polygon: Polygon
}

export interface Verdict extends Owned, Point {
  readonly type: 'verdict'
  readonly kind: VerdictKind
  /** Where a move puts the pick; null for accept and reject. */
  readonly to: Point | null
}

/** Anything a person puts on a micrograph. */
export type Mark = Label | Region | Verdict

/** What is known of the contrast transfer function of a micrograph: Å, degrees, kV, mm. */
export interface Ctf {
  readonly defocus_u: number
  readonly defocus_v: number
  /** Of the direction of `defocus_u`, from the x axis towards the y axis. */
  readonly astigmatism_angle: number
  readonly voltage: number
  readonly spherical_aberration: number
  readonly amplitude_contrast: number
  readonly phase_shift: number
  /** Resolution up to which the rings fit; null if unknown. */
  readonly resolution: number | null
}

export interface Micrograph {
  readonly id: number
  /** Name of its folder of tiles. */
  readonly key: string
  readonly name: string
  readonly file_name: string
  readonly width: number
  readonly height: number
  /** Å per pixel, the project's where the file has none; null when unknown. */
  readonly pixel_size: number | null
  /** No numbers in the file, filled in from their surroundings. */
  readonly replaced_pixels: number
  readonly levels: number
  readonly picks: { readonly training: number; readonly count: number } | null
  readonly has_reference: boolean
  /** When it was imported, ISO. */
  readonly created_at: string
  /** Its own thresholds; null where the project's count. */
  readonly particle_threshold: number | null
  readonly contamination_threshold: number | null
  /** Left out of training, picking and downloads. */
  readonly excluded: boolean
  readonly flagged: boolean
  readonly note: string
  /** Null until it is imported. */
  readonly ctf: Ctf | null
}

export interface Project {
  readonly id: number
  readonly name: string
  readonly particle_diameter: number
  readonly pixel_size: number | null
  readonly archived: boolean
  readonly particle_threshold: number
  readonly contamination_threshold: number
  /** Between network picks, particle diameters. */
  readonly minimum_distance: number
  /** Å. */
  readonly border_margin: number
  readonly current_training: number | null
  /** Trains automatically after people's changes. */
  readonly keep_training: boolean
}

export interface Member {
  readonly id: number
  readonly username: string
  readonly role: Role
}

export interface Person {
  readonly id: number
  readonly username: string
  readonly micrograph: number | null
}

export type NetworkName = 'particle' | 'contamination'
export type LossPoint = readonly [network: NetworkName, step: number, loss: number]

export interface Job {
  readonly id: number
  readonly kind: 'import' | 'train' | 'pick' | 'validate'
  readonly status: 'queued' | 'running' | 'finished' | 'failed' | 'cancelled'
  readonly name: string
  readonly done: number
  readonly total: number
  readonly message: string
  readonly error: string
  readonly created_by: number | null
  readonly created_at: string
  /** A failed job whose error somebody has read and dismissed. */
  readonly dismissed?: boolean
  readonly losses?: readonly LossPoint[]
}

export interface Training {
  readonly id: number
  readonly version: number
  readonly created_at: string
  readonly created_by: number | null
  readonly labels: Readonly<Record<LabelKind, number>>
  readonly has_contamination_network: boolean
  readonly losses: readonly LossPoint[]
  /** How long it ran; null for networks that were not trained here. */
  readonly seconds: number | null
  /** Null until it is there. */
  readonly validation: Figures | NoFigures | null
  /** The project that adopted networks come from, and their version there. */
  readonly origin: { readonly project: string; readonly training: number } | null
}

/** What a validation found; `particles` and `others`: how many labels were held out. */
export interface Figures {
  readonly average_precision: number
  readonly best_f1: number
  readonly particles: number
  readonly others: number
  readonly whole_micrographs: boolean
}

/** Why there are no figures, in words. */
export interface NoFigures {
  readonly reason: string
}

/** A labelled place that was held out, and the scores there; both 0 where the networks saw nothing. */
export type HeldOut = readonly [kind: LabelKind, particle: number, contamination: number]

export interface TrainingDetail extends Training {
  readonly seed: number
  readonly settings: Readonly<Record<string, unknown>>
  readonly held_out: readonly HeldOut[]
}

export interface ExportFormat {
  readonly key: string
  readonly title: string
}
