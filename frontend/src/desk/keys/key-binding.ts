import type { Commands } from '../commands'
import type { Desk } from '../desk'
import type { Stage } from '../stage/stage'
import type { Keys } from './press'

export interface KeyContext {
  readonly desk: Desk
  readonly stage: Stage
  readonly commands: Commands
}

export interface KeyBinding extends Keys {
  readonly group: 'Tools' | 'Picks' | 'Selection' | 'View' | 'Micrographs' | 'Edit' | 'Team'
  readonly what: string
  /** How the sheet writes the keys, where not as they are. */
  readonly shown?: string
  run(context: KeyContext, event: KeyboardEvent): void
}
