import { lookWord } from './look'
import type { ViewSettings } from './settings'

/** Where the divider may lie, parts of the width of the canvas, and how far a key moves it. */
export const SPLIT = { least: 0.05, most: 0.95, step: 0.05 } as const

/** Where the raw micrograph ends and its look begins, a part of the canvas; null where one image fills it. */
export function splitOf(settings: ViewSettings, pixelSize: number | null): number | null {
  return settings.split && lookWord(settings, pixelSize) !== '' ? settings.splitAt : null
}

/** What turns the split view on or off: where no look is chosen to compare with, it is the denoised one. */
export function flipSplit(settings: ViewSettings, pixelSize: number | null): Partial<ViewSettings> {
  if (splitOf(settings, pixelSize) !== null) return { split: false }
  return lookWord(settings, pixelSize) ? { split: true } : { split: true, look: 'denoised' }
}

/** The divider at a part of the width of the canvas, or as near as it may. */
export function splitAt(at: number): Partial<ViewSettings> {
  return { splitAt: Math.min(SPLIT.most, Math.max(SPLIT.least, at)) }
}
