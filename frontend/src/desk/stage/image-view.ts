import { effect } from '@preact/signals'
import { countGreys, greyAt } from '../../canvas/count-greys'
import { ToneFilter } from '../../canvas/tone-filter'
import { type MicrographViewer, prefetchAround } from '../../canvas/viewer'
import type { Point } from '../../geometry/point'
import { toImage, type View } from '../../geometry/view'
import { follow } from '../../model/follow'
import { lookWord } from '../../model/view/look'
import { autoBounds } from '../../model/view/tone'
import type { Micrograph } from '../../wire'
import type { Desk } from '../desk'
import { further, nextUnlabelled } from '../neighbours'

/** The image must be still for this long before its grey values are counted, ms. */
const STILL = 80

/** How the open micrograph looks: ties this person's settings to the image below the marks. */
export class ImageView {
  readonly #tone: ToneFilter
  #timer = 0
  #looking = 0
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
      follow([desk.settings], () => this.#showLook()),
      effect(() => this.#point(desk.cursor.value)),
      effect(() => viewer.split(desk.split.value)),
      effect(() => {
        if (!desk.settings.value.auto) this.#found = ''
        else if (this.#found === '') this.#follow()
      }),
    ]
  }

  destroy(): void {
    clearTimeout(this.#timer)
    clearTimeout(this.#looking)
    for (const end of this.#ends) end()
    this.#tone.destroy()
  }

  /** All tiles in view are there, or the view has come to rest. */
  settled(): void {
    clearTimeout(this.#timer)
    this.#timer = window.setTimeout(() => this.#count(), STILL)
  }

  /** The name of a micrograph's look in the addresses of its tiles. */
  look({ pixel_size }: Micrograph): string {
    return lookWord(this.desk.settings.peek(), pixel_size)
  }

  /** Sliders give many looks a second: the last one is asked for. */
  #showLook(): void {
    clearTimeout(this.#looking)
    this.#looking = window.setTimeout(() => {
      const open = this.desk.micrograph.peek()
      if (open) this.viewer.show(this.look(open))
    }, STILL)
  }

  #point(at: Point | null): void {
    const view = this.viewer.view()
    const canvas = this.viewer.canvas()
    this.desk.grey.value = at && view && canvas ? greyAt(canvas, view, at) : null
  }

  #count(): void {
    const { desk } = this
    const view = this.viewer.view()
    const micrograph = desk.micrograph.peek()
    const canvas = this.viewer.canvas()
    if (!view || !micrograph || !canvas) return
    desk.histogram.value = countGreys(canvas, view, micrograph)
    this.#point(desk.cursor.peek())
    this.#prefetch(view)
    // Panning keeps the bounds; another level of the pyramid has contrast of its own.
    const shown = `${this.viewer.shows} ${Math.round(Math.log2(view.scale))}`
    if (desk.settings.peek().auto && shown !== this.#found) this.#follow(shown)
  }

  #follow(shown = ''): void {
    const { settings, histogram } = this.desk
    const bounds = histogram.peek() && autoBounds(histogram.peek() as Uint32Array)
    if (!bounds) return
    this.#found = shown || 'now'
    settings.value = { ...settings.peek(), ...bounds }
  }

  /** Loads what a key will show next in this view, so that switching to it is instant. */
  #prefetch(view: View): void {
    const { desk } = this
    const middle = toImage(view, { x: view.width / 2, y: view.height / 2 })
    for (const near of new Set([further(desk, 1), further(desk, -1), nextUnlabelled(desk)]))
      if (near) this.ahead(near, middle, view)
  }

  /** Loads what a micrograph will show around a place in a view. */
  ahead(micrograph: Micrograph, at: Point, view: View): void {
    const { tiles, limits } = this.desk.state
    const load = (look: string): void =>
      prefetchAround(micrograph, look, at, view, tiles.peek(), limits.peek().tile)
    load(this.look(micrograph))
    if (this.desk.split.peek() !== null) load('')
  }
}
