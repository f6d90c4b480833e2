import OpenSeadragon from 'openseadragon'

/** Image pixels: the width that the raw side keeps when the divider is left of the image. */
const HAIR = 0.01

/** The micrograph as it is, laid over the left part of a viewer that shows a look of it. */
export class RawSide {
  #image: OpenSeadragon.TiledImage | null = null
  /** The tiles asked for last; null while no raw side is wanted. */
  #asked: OpenSeadragon.TileSource | null = null
  #at: number | null = null

  constructor(
    readonly osd: OpenSeadragon.Viewer,
    /** The tiles of the micrograph that is open. */
    readonly source: () => OpenSeadragon.TileSource | null,
  ) {
    osd.addHandler('open', () => this.#add())
    osd.addHandler('close', () => {
      this.#asked = null
      this.#image = null
    })
    osd.addHandler('viewport-change', () => this.#clip())
    osd.world.addHandler('add-item', () => this.#rise())
  }

  /** Shows it up to a part of the width of the canvas; null removes it. */
  show(at: number | null): void {
    this.#at = at
    if (at === null) this.#remove()
    else if (this.#asked) this.#clip()
    else if (this.osd.isOpen()) this.#add()
  }

  #add(): void {
    const tileSource = this.#at === null ? null : this.source()
    if (!tileSource) return
    this.#asked = tileSource
    this.osd.addTiledImage({
      tileSource,
      success: event => {
        const { item } = event as unknown as { item: OpenSeadragon.TiledImage }
        if (tileSource !== this.#asked) return this.osd.world.removeItem(item)
        this.#image = item
        this.#clip()
      },
    })
  }

  #remove(): void {
    if (this.#image) this.osd.world.removeItem(this.#image)
    this.#asked = null
    this.#image = null
  }

  /** The divider keeps its place on the canvas, so the clip follows the view. */
  #clip(): void {
    if (!this.#image || this.#at === null) return
    const { viewport } = this.osd
    const divider = new OpenSeadragon.Point(this.#at * viewport.getContainerSize().x, 0)
    const { x: width, y: height } = this.#image.getContentSize()
    const end = viewport.pointFromPixel(divider, true).x * width
    this.#image.setClip(new OpenSeadragon.Rect(0, 0, Math.min(Math.max(end, HAIR), width), height))
  }

  /** Other looks are put on top when they come. */
  #rise(): void {
    const { world } = this.osd
    if (this.#image) world.setItemIndex(this.#image, world.getItemCount() - 1)
  }
}
