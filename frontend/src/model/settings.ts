import { type Signal, signal } from '@preact/signals'

/** How one person likes to look at micrographs; kept in this browser, shared with nobody. */
export interface ViewSettings {
  /** 1 leaves the image as it is. */
  readonly brightness: number
  readonly contrast: number
  readonly invert: boolean
  readonly shape: 'circle' | 'box'
  readonly marks: boolean
  /** Radius of the eraser, screen pixels. */
  readonly brush: number
}

export const PLAIN: ViewSettings = {
  brightness: 1,
  contrast: 1,
  invert: false,
  shape: 'circle',
  marks: true,
  brush: 24,
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

/** Least and greatest radius of the eraser, screen pixels, and how much a key changes it. */
export const BRUSH = { least: 6, most: 240, step: 1.25 }

export function resizeBrush(settings: Signal<ViewSettings>, factor: number): void {
  const brush = Math.min(BRUSH.most, Math.max(BRUSH.least, Math.round(settings.peek().brush * factor)))
  settings.value = { ...settings.peek(), brush }
}

export function cssFilter({ brightness, contrast, invert }: ViewSettings): string {
  const parts = invert ? ['invert(1)'] : []
  if (brightness !== 1) parts.push(`brightness(${brightness})`)
  if (contrast !== 1) parts.push(`contrast(${contrast})`)
  return parts.join(' ') || 'none'
}
