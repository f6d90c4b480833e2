import type { JSX } from 'preact'
import type { CropKind } from '../../model/gallery/crops'
import { Glyph } from '../kit/icons'

export const CROP_NAMES: Record<CropKind, string> = {
  particle: 'Particle labels',
  pick: 'Picks kept',
  accept: 'Accepted or moved picks',
  out: 'Picks left out',
  reject: 'Rejected picks',
  other: 'Other picks',
  background: 'Background labels',
  contamination: 'Contamination labels',
}

/** The sign of a kind of crop, with the shape and colour that it has on the canvas. */
export function CropSign({ kind }: { kind: CropKind }): JSX.Element {
  if (kind !== 'accept' && kind !== 'reject' && kind !== 'out' && kind !== 'other')
    return <Glyph kind={kind} />
  return (
    <svg class={`glyph glyph-${kind}`} width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
      {kind === 'reject' && <path d="M3 3l8 8M11 3l-8 8" />}
      {kind === 'accept' && <path d="M12 7a5 5 0 1 1-2.500-4.300M4.500 7l2 2 5-5.500" />}
      {kind === 'other' && <path d="M7 1.500l4.800 2.700v5.600L7 12.500 2.200 9.800V4.200z" />}
      {kind === 'out' && <circle cx="7" cy="7" r="5" stroke-dasharray="2.600 2.600" />}
    </svg>
  )
}
