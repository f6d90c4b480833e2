import OpenSeadragon from 'openseadragon'
import type { Point } from '../geometry/point'
import { levelAt, serverLevel, tilesAround, tileUrl } from '../geometry/tiles'
import { type View, type Visible, viewFromCorner } from '../geometry/view'
import type { Micrograph } from '../wire'
import { RawSide } from './raw-side'
import { stayFitted } from './stay-fitted'

const OPTIONS: OpenSeadragon.Options = {
  // One drawer everywhere: CSS filters and headless browsers work with the 2D canvas.
  drawer: 'canvas',
  showNavigationControl: false,
  preserveViewport: true,
  animationTime: 0.25,
  blendTime: 0,
  visibilityRatio: 0.3,
  minZoomImageRatio: 0.5,
  maxZoomPixelRatio: 12,
  zoomPerScroll: 1.25,
  imageLoaderLimit: 16,
  // The default is one per frame: a view of nine tiles that are ready would take nine frames.
  maxTilesPerFrame: 16,
  maxImageCacheCount: 400,
  gestureSettingsMouse: { clickToZoom: false, dblClickToZoom: false },
  gestureSettingsPen: { clickToZoom: false, dblClickToZoom: false },
  gestureSettingsTouch: { clickToZoom: false, dblClickToZoom: false },
}

export interface ViewerHandlers {
  /** The view moved, or tiles came: called in the frame in which it is drawn. */
  drawn(): void
  /** All tiles in view are there, or the view has come to rest. */
  settled(): void
  tileFailed(): void
  /** The person moves the view. */
  steered(): void
  /** Edge of a tile, pixels. */
  tile(): number
}

/** OpenSeadragon showing one micrograph at a time; speaks in array indices and CSS pixels. */
export class MicrographViewer {
  readonly osd: OpenSeadragon.Viewer
  #shown: Micrograph | null = null
  #sought: { micrograph: number; at: Point; least: number; most: number } | null = null
  #framed: { micrograph: number; part: Readonly<Visible> } | null = null
  #look = ''
  #tiles: () => string = () => ''
  readonly #raw: RawSide
  /** The micrograph and the look of which all tiles in view have come. */
  shows = ''

  constructor(
    readonly element: HTMLElement,
    readonly handlers: ViewerHandlers,
  ) {
    this.osd = new OpenSeadragon.Viewer({ ...OPTIONS, element })
    stayFitted(this.osd)
    this.#raw = new RawSide(this.osd, () => this.#shown && this.#source(this.#shown, ''))
    this.osd.addHandler('update-viewport', () => handlers.drawn())
    this.osd.addHandler('tile-load-failed', () => handlers.tileFailed())
    this.osd.addHandler('animation-finish', () => handlers.settled())
    for (const name of ['canvas-drag', 'canvas-scroll', 'canvas-pinch'] as const)
      this.osd.addHandler(name, () => handlers.steered())
    this.osd.addHandler('canvas-key', event => {
      event.preventDefaultAction = true
    })
  }

  /** Swaps the image; the view stays where both have the same size. `tiles` is asked for at every tile. */
  open(micrograph: Micrograph, tiles: () => string, look: string): void {
    const { width, height } = micrograph
    const fit = !this.#shown || this.#shown.width !== width || this.#shown.height !== height
    this.#shown = micrograph
    this.#look = look
    this.#tiles = tiles
    // What was to be shown of a micrograph that never opened is not wanted when somebody opens it later.
    if (this.#framed?.micrograph !== micrograph.id) this.#framed = null
    if (this.#sought?.micrograph !== micrograph.id) this.#sought = null
    this.osd.addOnceHandler('open', () => {
      if (fit) this.osd.viewport.goHome(true)
      this.#watch(this.osd.world.getItemAt(0))
      this.#arrive()
      this.handlers.drawn() // at once: a press in this very frame already means this micrograph
    })
    this.osd.open({ tileSource: this.#source(micrograph, look) })
  }

  /** Shows another look of the micrograph; what was there stays below until all of it has come. */
  show(look: string): void {
    const micrograph = this.#shown
    if (!micrograph || look === this.#look) return
    this.#look = look
    this.whenOpen(() => {
      this.osd.addTiledImage({
        tileSource: this.#source(micrograph, look),
        success: event => {
          const { item } = event as unknown as { item: OpenSeadragon.TiledImage }
          if (look === this.#look && micrograph === this.#shown) this.#watch(item)
          else this.osd.world.removeItem(item)
        },
      })
    })
  }

  /** Lays the raw micrograph over the left part, up to a part of the width; null removes it. */
  split(at: number | null): void {
    this.#raw.show(at)
  }

  #source(micrograph: Micrograph, look: string): OpenSeadragon.TileSource {
    return tileSource(micrograph, this.#tiles, look, this.handlers.tile())
  }

  /** Once all tiles in view of the newest image are there, those below it go. */
  #watch(image: OpenSeadragon.TiledImage): void {
    const { world } = this.osd
    const shows = this.#asked
    image.addHandler('fully-loaded-change', ({ fullyLoaded }) => {
      if (!fullyLoaded) return
      while (world.getIndexOfItem(image) > 0) world.removeItem(world.getItemAt(0))
      this.shows = shows
      this.handlers.settled()
    })
  }

  /** What was last requested, as `shows` names it. */
  get #asked(): string {
    return `${this.#shown?.key} ${this.#look}`
  }

  /** Whether what was last requested is loaded as sharp as the view needs it. */
  get sharp(): boolean {
    return this.shows === this.#asked
  }

  close(): void {
    this.#shown = null
    this.osd.close()
  }

  /** Runs once the image is there: now, or when it has opened. */
  whenOpen(run: () => void): void {
    if (this.osd.isOpen()) run()
    else this.osd.addOnceHandler('open', run)
  }

  /** The view of this very frame, or null while nothing is open. */
  view(): View | null {
    if (!this.#shown || !this.osd.isOpen()) return null
    const { viewport } = this.osd
    const corner = viewport.pixelFromPoint(new OpenSeadragon.Point(0, 0), true)
    const end = viewport.pixelFromPoint(new OpenSeadragon.Point(1, 0), true)
    const size = viewport.getContainerSize()
    return viewFromCorner(corner, (end.x - corner.x) / this.#shown.width, size.x, size.y)
  }

  fit(): void {
    this.handlers.steered()
    this.osd.viewport.goHome()
  }

  zoomBy(factor: number): void {
    this.handlers.steered()
    this.osd.viewport.zoomBy(factor)
    this.osd.viewport.applyConstraints()
  }

  /** Zooms by a factor around a place in CSS pixels, at once. */
  zoomAt(factor: number, { x, y }: Point): void {
    this.handlers.steered()
    const { viewport } = this.osd
    viewport.zoomBy(factor, viewport.pointFromPixel(new OpenSeadragon.Point(x, y), true), true)
    viewport.applyConstraints(true)
  }

  /** Moves the image by CSS pixels, at once. */
  panBy(x: number, y: number): void {
    this.handlers.steered()
    const { viewport } = this.osd
    viewport.panBy(viewport.deltaPointsFromPixels(new OpenSeadragon.Point(-x, -y), true), true)
  }

  /** Brings a place into the middle, at `least` CSS pixels per pixel; once the image is open, where it is not yet. */
  centreOn({ x, y }: Point, least = 0): void {
    this.handlers.steered()
    if (!this.#shown) return
    if (!this.osd.isOpen()) {
      this.osd.addOnceHandler('open', () => this.centreOn({ x, y }, least))
      return
    }
    const { viewport } = this.osd
    const { width } = this.#shown
    const scale = this.view()?.scale ?? 0
    if (scale < least) viewport.zoomBy(least / scale)
    viewport.panTo(new OpenSeadragon.Point((x + 0.5) / width, (y + 0.5) / width))
  }

  /** Brings a part of a micrograph into view, as large as it fits, once that micrograph is open. */
  frame(micrograph: number, part: Readonly<Visible>): void {
    this.#framed = { micrograph, part }
    this.#arrive()
  }

  /** The canvas that the image is drawn on, without the filter that lies over it. */
  canvas(): HTMLCanvasElement | null {
    const { canvas } = this.osd.drawer
    return canvas instanceof HTMLCanvasElement ? canvas : null
  }

  /**
   * Brings a place of a micrograph into the middle at once, or as soon as that micrograph is open. The scale, in CSS
   * pixels per pixel, stays if it lies between `least` and `most`.
   */
  seek(micrograph: number, at: Point, least: number, most: number): void {
    this.handlers.steered()
    this.#sought = { micrograph, at, least, most }
    this.#arrive()
  }

  #arrive(): void {
    const view = this.view()
    const framed = this.#framed
    if (view && framed && framed.micrograph === this.#shown?.id) {
      this.#framed = null
      this.#frame(framed.part, this.#shown.width)
    }
    const sought = this.#sought
    if (!view || !sought || sought.micrograph !== this.#shown?.id) return
    this.#sought = null
    const { viewport } = this.osd
    const { at, least, most } = sought
    const { width } = this.#shown
    viewport.zoomBy(Math.min(Math.max(view.scale, least), most) / view.scale, undefined, true)
    viewport.panTo(new OpenSeadragon.Point((at.x + 0.5) / width, (at.y + 0.5) / width), true)
  }

  #frame({ left, top, right, bottom }: Readonly<Visible>, width: number): void {
    const [x, y] = [(left + 0.5) / width, (top + 0.5) / width]
    const part = new OpenSeadragon.Rect(x, y, (right - left) / width, (bottom - top) / width)
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches
    this.osd.viewport.fitBounds(part, still)
  }

  destroy(): void {
    this.osd.destroy()
  }
}

function tileSource(
  { width, height, key, levels }: Micrograph,
  tiles: () => string,
  look: string,
  tile: number,
): OpenSeadragon.TileSource {
  const source = new OpenSeadragon.TileSource({
    width,
    height,
    tileWidth: tile,
    tileHeight: tile,
    tileOverlap: 0,
    minLevel: 0,
    maxLevel: levels - 1,
  })
  source.getTileUrl = (level, column, row) =>
    tileUrl(tiles(), key, look, serverLevel(level, levels), column, row)
  return source
}

/** Loads the tiles of a look ahead that show a place in a view of this scale and size, and the coarsest. */
export function prefetchAround(
  { key, width, height, levels }: Micrograph,
  look: string,
  at: Point,
  view: View,
  tiles: string,
  tile: number,
): void {
  const load = (level: number, column: number, row: number): void => {
    new Image().src = tileUrl(tiles, key, look, level, column, row)
  }
  load(levels - 1, 0, 0)
  const level = levelAt(view.scale, levels)
  const [across, down] = [view.width / view.scale, view.height / view.scale]
  for (const [column, row] of tilesAround(tile, { width, height }, level, at, across, down))
    load(level, column, row)
}
