import { drawLabels, drawRejections } from './layers/labels'
import { drawPicks } from './layers/picks'
import { drawRegions } from './layers/regions'
import type { Layer, Scene } from './layers/scene'
import { drawSelection } from './layers/selection'
import type { Surface } from './surface'

/** Back to front. */
const LAYERS: readonly Layer[] = [drawRegions, drawPicks, drawRejections, drawLabels, drawSelection]

export interface DrawStats {
  /** Marks on screen in the last frame. */
  marks: number
  /** Time to draw them, ms. */
  ms: number
  frames: number
}

/** The marks of one micrograph on their surface. */
export class MarksView {
  readonly stats: DrawStats = { marks: 0, ms: 0, frames: 0 }

  constructor(readonly surface: Surface) {}

  draw(scene: Scene | null, width: number, height: number): void {
    const start = performance.now()
    const context = this.surface.clear(width, height)
    let marks = 0
    if (scene) for (const layer of LAYERS) marks += layer(context, scene)
    this.stats.marks = marks
    this.stats.ms = performance.now() - start
    this.stats.frames++
  }
}
