import { type Signal, signal } from '@preact/signals'
import type { Look } from './look'
import type { Tone } from './tone'

/** How one person likes to look at micrographs; kept in this browser, shared with nobody. */
export interface ViewSettings extends Tone, Look {
  /** Whether the bounds follow the image that is shown. */
  readonly auto: boolean
  readonly shape: 'circle' | 'box'
  readonly marks: boolean
  /** Whether the pointers of others are shown, and the outlines of what they see. */
  readonly cursors: boolean
  /** Whether the map in the corner is shown. */
  readonly map: boolean
  /** Whether comments are shown where they are pinned. */
  readonly pins: boolean
  /** Whether the zeros of the CTF are drawn over power spectra. */
  readonly ctfRings: boolean
  /** What the colours of marks say. */
  readonly colourBy: 'kind' | 'score' | 'who'
  /** Whether the raw micrograph is shown left of a divider, and where that lies, a part of the canvas. */
  readonly split: boolean
  readonly splitAt: number
  /** Radius of the eraser, screen pixels. */
  readonly brush: number
  /** Sources of picks, by their ids, that are not shown. */
  readonly hiddenSources: readonly number[]
  /** Parts of the right panel that are folded away. */
  readonly folded: readonly SectionName[]
}

export type SectionName = 'Display' | 'Train' | 'Thresholds' | 'Other picks' | 'Score map' | 'Quality'

export const PLAIN: ViewSettings = {
  auto: true,
  black: 0,
  white: 1,
  gamma: 1,
  invert: false,
  look: 'raw',
  lowPass: 20,
  highPass: null,
  split: false,
  splitAt: 0.5,
  shape: 'circle',
  marks: true,
  cursors: true,
  map: true,
  pins: true,
  ctfRings: true,
  colourBy: 'kind',
  brush: 24,
  hiddenSources: [],
  folded: [],
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
