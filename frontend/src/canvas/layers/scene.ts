import type { View } from '../../geometry/view'
import type { Target } from '../../model/marks/hit'
import type { MarksOf } from '../../model/marks/mark'
import type { FinalPick } from '../../model/picks/final'
import type { SourcePick } from '../../model/sources/source-pick'
import type { ComparedPlaces } from '../../wire'
import type { Colouring } from '../colouring'
import type { SourceLook } from '../colours'
import type { Shape } from '../shapes'

/** All that one frame of marks shows. */
export interface Scene {
  readonly view: View
  readonly marks: MarksOf
  readonly picks: readonly FinalPick[]
  /** Of other sources, and how each is drawn. */
  readonly others: readonly { readonly look: SourceLook; readonly picks: readonly SourcePick[] }[]
  /** Two sets of picks beside one another, drawn instead of all else. */
  readonly compared: ComparedPlaces | null
  /** Particle diameter, image pixels. */
  readonly diameter: number
  readonly shape: Shape
  readonly colouring: Colouring
  readonly selected: readonly Target[]
}
