import { isPlain, type Tone, toneTable } from '../model/view/tone'

const SVG = 'http://www.w3.org/2000/svg'

/** Lays a tone over an element by the browser's own look-up table: as quick as no filter, also without a GPU. */
export class ToneFilter {
  readonly #functions: SVGElement[] = []
  readonly #svg = document.createElementNS(SVG, 'svg')
  readonly #id = `tone-${crypto.randomUUID()}`

  constructor(readonly target: HTMLElement) {
    const filter = document.createElementNS(SVG, 'filter')
    filter.id = this.#id
    filter.setAttribute('color-interpolation-filters', 'sRGB')
    const transfer = document.createElementNS(SVG, 'feComponentTransfer')
    this.#functions = ['R', 'G', 'B'].map(channel => {
      const element = document.createElementNS(SVG, `feFunc${channel}`)
      element.setAttribute('type', 'table')
      return element
    })
    transfer.append(...this.#functions)
    filter.append(transfer)
    this.#svg.append(filter)
    this.#svg.setAttribute('aria-hidden', 'true')
    this.#svg.style.cssText = 'position: absolute; width: 0; height: 0'
    document.body.append(this.#svg)
  }

  set(tone: Tone): void {
    const values = toneTable(tone)
      .map(value => value.toFixed(4))
      .join(' ')
    for (const element of this.#functions) element.setAttribute('tableValues', values)
    this.target.style.filter = isPlain(tone) ? 'none' : `url(#${this.#id})`
  }

  destroy(): void {
    this.#svg.remove()
  }
}
