import { effect } from '@preact/signals'
import { countGreys } from '../canvas/count-greys'
import { ToneFilter } from '../canvas/tone-filter'
import type { MicrographViewer } from '../canvas/viewer'
import { autoBounds } from '../model/tone'
import type { Desk } from './desk'

/** The image must stand still for so long before its greys are counted, ms. */
const STILL = 80

/** How the open micrograph looks: ties this person's settings to the image below the marks. */
export class ImageView {
  #tone: ToneFilter
  #timer = 0
  /** What the automatic bounds were last found for. */
  #found = ''
  readonly #ends: (() => void)[]

  constructor(
    readonly desk: Desk,
    readonly viewer: MicrographViewer,
  ) {
    this.#tone = new ToneFilter(viewer.osd.canvas)
    this.#ends = [
      effect(() => this.#tone.set(desk.settings.value)),
      effect(() => {
        if (!desk.settings.value.auto) this.#found = ''
        else if (this.#found === '') this.#follow()
      }),
    ]
  }

  destroy(): void {
    clearTimeout(this.#timer)
    for (const end of this.#ends) end()
    this.#tone.destroy()
  }

  /** All tiles in view are there, or the view has come to rest. */
  settled(): void {
    clearTimeout(this.#timer)
    this.#timer = window.setTimeout(() => this.#count(), STILL)
  }

  #count(): void {
    const { desk } = this
    const view = this.viewer.view()
    const micrograph = desk.micrograph.peek()
    const canvas = this.viewer.canvas()
    if (!view || !micrograph || !canvas) return
    desk.histogram.value = countGreys(canvas, view, micrograph)
    // Panning keeps the bounds; another level of the pyramid has contrast of its own.
    const shown = `${micrograph.id} ${Math.round(Math.log2(view.scale))}`
    if (desk.settings.peek().auto && shown !== this.#found) this.#follow(shown)
  }

  #follow(shown = ''): void {
    const { settings, histogram } = this.desk
    const bounds = histogram.peek() && autoBounds(histogram.peek() as Uint32Array)
    if (!bounds) return
    this.#found = shown || 'now'
    settings.value = { ...settings.peek(), ...bounds }
  }
}
