import { type Signal, signal } from '@preact/signals'

/** How one person likes to look at micrographs; kept in this browser, shared with nobody. */
export interface ViewSettings {
  /** 1 leaves the image as it is. */
  readonly brightness: number
  readonly contrast: number
  readonly invert: boolean
  readonly shape: 'circle' | 'box'
  readonly marks: boolean
}

export const PLAIN: ViewSettings = {
  brightness: 1,
  contrast: 1,
  invert: false,
  shape: 'circle',
  marks: true,
}

const KEY = 'cryoweb.view'

export function loadSettings(storage: Storage): Signal<ViewSettings> {
  const settings = signal(read(storage))
  settings.subscribe(value => storage.setItem(KEY, JSON.stringify(value)))
  return settings
}

function read(storage: Storage): ViewSettings {
  try {
    const kept = JSON.parse(storage.getItem(KEY) ?? '{}') as Partial<ViewSettings>
    return { ...PLAIN, ...kept, marks: true }
  } catch {
    return PLAIN
  }
}

export function cssFilter({ brightness, contrast, invert }: ViewSettings): string {
  const parts = invert ? ['invert(1)'] : []
  if (brightness !== 1) parts.push(`brightness(${brightness})`)
  if (contrast !== 1) parts.push(`contrast(${contrast})`)
  return parts.join(' ') || 'none'
}
