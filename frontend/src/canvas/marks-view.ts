import { drawCompared } from './layers/compared'
import { MarksLayer } from './layers/marks'
import { drawRegions } from './layers/regions'
import type { Scene } from './layers/scene'
import { drawSelection } from './layers/selection'
import { drawSources } from './layers/sources'
import type { Surface } from './surface'

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
  readonly #marks = new MarksLayer()

  constructor(readonly surface: Surface) {}

  draw(scene: Scene | null, width: number, height: number): void {
    const start = performance.now()
    const context = this.surface.clear(width, height)
    this.stats.marks = 0
    if (scene?.compared) this.stats.marks += drawCompared(context, scene, scene.compared)
    else if (scene) {
      this.stats.marks += drawRegions(context, scene)
      this.stats.marks += drawSources(context, scene)
      this.stats.marks += this.#marks.draw(context, scene, this.surface.ratio)
      drawSelection(context, scene)
    }
    this.stats.ms = performance.now() - start
    this.stats.frames++
  }
}
