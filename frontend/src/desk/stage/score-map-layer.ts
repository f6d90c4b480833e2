import { effect } from '@preact/signals'
import { colourScores } from '../../canvas/ramp'
import { Surface } from '../../canvas/surface'
import type { View } from '../../geometry/view'
import { follow } from '../../model/follow'
import type { Desk } from '../desk'

/** The chosen map on a surface of its own, between the micrograph and its marks. */
export class ScoreMapLayer {
  readonly #surface: Surface
  #picture: HTMLCanvasElement | null = null
  #asked = ''
  #drawn = false
  readonly #ends: (() => void)[]

  constructor(
    readonly desk: Desk,
    parent: HTMLElement,
    readonly changed: () => void,
  ) {
    this.#surface = new Surface(parent, 'stage-surface')
    this.#ends = [effect(() => this.#choose()), follow([desk.scoreMap.opacity], changed)]
  }

  draw(view: View | null, width: number, height: number): void {
    const micrograph = this.desk.micrograph.peek()
    const shown = this.#picture !== null && view !== null && micrograph !== null
    if (!shown && !this.#drawn) return
    const context = this.#surface.clear(width, height)
    this.#drawn = shown
    if (!shown || !this.#picture) return
    const { scale, left, top } = view
    context.globalAlpha = this.desk.scoreMap.opacity.peek()
    const [w, h] = [micrograph.width * scale, micrograph.height * scale]
    context.drawImage(this.#picture, left - scale / 2, top - scale / 2, w, h)
    context.globalAlpha = 1
  }

  destroy(): void {
    for (const end of this.#ends) end()
  }

  #choose(): void {
    const { scoreMap, state, micrograph } = this.desk
    const network = scoreMap.network.value
    const row = micrograph.value
    const training = row?.picks ? state.scoredBy(row.picks.source) : null
    const wanted = network !== 'off' && row && training !== null
    const url = wanted ? `${state.tiles.value}/${row.key}/scores/${training}/${network}.png` : ''
    if (url !== this.#asked) {
      this.#asked = url
      this.#picture = null
      scoreMap.missing.value = network !== 'off' && !url ? 'This micrograph has not been picked yet.' : ''
      if (url) void this.#load(url)
    }
    this.changed()
  }

  async #load(url: string): Promise<void> {
    const image = new Image()
    image.src = url
    try {
      await image.decode()
    } catch {
      if (url === this.#asked)
        this.desk.scoreMap.missing.value =
          'There is no score map here yet: maps are made when micrographs are picked.'
      return
    }
    if (url !== this.#asked) return
    this.#picture = coloured(image)
    this.changed()
  }
}

function coloured(image: HTMLImageElement): HTMLCanvasElement {
  const canvas = document.createElement('canvas')
  canvas.width = image.naturalWidth
  canvas.height = image.naturalHeight
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (!context) throw new Error('This browser cannot draw on a canvas.')
  context.drawImage(image, 0, 0)
  const pixels = context.getImageData(0, 0, canvas.width, canvas.height)
  colourScores(pixels.data)
  context.putImageData(pixels, 0, 0)
  return canvas
}
