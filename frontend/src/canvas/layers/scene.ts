import type { View } from '../../geometry/view'
import type { FinalPick } from '../../model/final'
import type { Target } from '../../model/hit'
import type { MarksOf } from '../../model/marks'
import type { Colouring } from '../colouring'
import type { Shape } from '../shapes'

/** All that one frame of marks shows. */
export interface Scene {
  readonly view: View
  readonly marks: MarksOf
  readonly picks: readonly FinalPick[]
  /** Particle diameter, image pixels. */
  readonly diameter: number
  readonly shape: Shape
  readonly colouring: Colouring
  readonly selected: readonly Target[]
}
