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
  /** Share of the room that canvas and gallery have together. */
  readonly share: number
}

/** What counts is shown, the best first. */
export const START: GallerySettings = {
  open: false,
  plane: false,
  scope: 'micrograph',
  kinds: ['particle', 'pick', 'accept'],
  sort: 'particle',
  descending: true,
  size: 'medium',
  share: 0.4,
}

const KEY = 'cryoweb.gallery'

export function loadGallerySettings(storage: Storage): Signal<GallerySettings> {
  const settings = signal(read(storage))
  settings.subscribe(value => storage.setItem(KEY, JSON.stringify(value)))
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
