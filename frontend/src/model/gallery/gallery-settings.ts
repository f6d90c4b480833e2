import { type Signal, signal } from '@preact/signals'
import type { CropSort } from './crop-list'
import { CROP_KINDS, type CropKind } from './crops'

/** Sides of a crop on the screen, CSS pixels. */
export const CROP_SIDES = { small: 64, medium: 96, large: 144 } as const
export type CropSize = keyof typeof CROP_SIDES

/** How one person likes the gallery; kept in this browser. */
export interface GallerySettings {
  readonly open: boolean
  /** Whether the score plane stands beside the crops. */
  readonly plane: boolean
  /** Of the micrograph on the canvas, or of the whole project. */
  readonly scope: 'micrograph' | 'project'
  readonly kinds: readonly CropKind[]
  readonly sort: CropSort
  readonly descending: boolean
  readonly size: CropSize
  /** Whether crops are smoothed, so that noise does not hide the particles; for the eyes only. */
  readonly smooth: boolean
  /** Share of the room that canvas and gallery have together. */
  readonly share: number
}

/** What counts is shown, the best first. */
export const START: GallerySettings = {
  open: false,
  plane: false,
  scope: 'micrograph',
  kinds: ['particle', 'pick', 'accept', 'other'],
  sort: 'particle',
  descending: true,
  size: 'medium',
  smooth: true,
  share: 0.4,
}

const KEY = 'cryoweb.gallery'

/** As a person likes it everywhere; open where it was left open in this project. */
export function loadGallerySettings(storage: Storage, project: number): Signal<GallerySettings> {
  const openKey = `${KEY}.open.${project}`
  const settings = signal({ ...read(storage), open: storage.getItem(openKey) !== null })
  settings.subscribe(({ open, ...liked }) => {
    storage.setItem(KEY, JSON.stringify(liked))
    if (open) storage.setItem(openKey, '1')
    else storage.removeItem(openKey)
  })
  return settings
}

/** What an older version kept may hold kinds or sizes that are gone. */
function read(storage: Storage): GallerySettings {
  try {
    const kept = { ...START, ...(JSON.parse(storage.getItem(KEY) ?? '{}') as Partial<GallerySettings>) }
    const kinds = CROP_KINDS.filter(kind => kept.kinds.includes(kind))
    return { ...kept, kinds, size: kept.size in CROP_SIDES ? kept.size : START.size }
  } catch {
    return START
  }
}
