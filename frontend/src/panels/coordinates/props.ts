import type { Desk } from '../../desk/desk'
import type { CoordinateImport } from '../../wire'

export type ImportDesk = Pick<Desk, 'coordinates' | 'state' | 'current' | 'open'>

/** What every part of the panel takes. */
export interface DraftProps {
  desk: ImportDesk
  draft: CoordinateImport
}
