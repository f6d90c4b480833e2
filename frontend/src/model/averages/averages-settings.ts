import { type Signal, signal } from '@preact/signals'
import { type ClassOrder, VALUES } from './class-order'

/** Sides of an average on the screen, CSS pixels. */
export const AVERAGE_SIDES = { small: 96, medium: 128, large: 192 } as const
export type AverageSize = keyof typeof AVERAGE_SIDES

/** How one person likes the averages; kept in this browser. */
export interface AveragesSettings extends ClassOrder {
  readonly size: AverageSize
}

const START: AveragesSettings = { sort: 'count', descending: true, size: 'medium' }
const KEY = 'cryoweb.averages'

export function loadAveragesSettings(storage: Storage): Signal<AveragesSettings> {
  const settings = signal(read(storage))
  settings.subscribe(liked => storage.setItem(KEY, JSON.stringify(liked)))
  return settings
}

/** What cannot be read, or is there no more, is as at first. */
function read(storage: Storage): AveragesSettings {
  try {
    const kept = { ...START, ...(JSON.parse(storage.getItem(KEY) ?? '{}') as Partial<AveragesSettings>) }
    return {
      ...kept,
      sort: kept.sort in VALUES ? kept.sort : START.sort,
      size: kept.size in AVERAGE_SIDES ? kept.size : START.size,
    }
  } catch {
    return START
  }
}
