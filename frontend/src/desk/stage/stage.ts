import { effect } from '@preact/signals'
import { COLOURINGS } from '../../canvas/colouring'
import { COMING } from '../../canvas/colours'
import { PointerInput } from '../../canvas/input'
import { drawFlash } from '../../canvas/layers/flash'
import { drawHandles, drawPreview } from '../../canvas/layers/preview'
import { drawReadBack } from '../../canvas/layers/read-back'
import { drawRestoration } from '../../canvas/layers/restoration'
import { drawRuler } from '../../canvas/layers/ruler'
import type { Scene } from '../../canvas/layers/scene'
import { drawSize } from '../../canvas/layers/size'
import { drawSuggestion } from '../../canvas/layers/suggestion'
import { MarksView } from '../../canvas/marks-view'
import { Surface } from '../../canvas/surface'
import { MicrographViewer } from '../../canvas/viewer'
import type { Point } from '../../geometry/point'
import { inSight, toImage, type View } from '../../geometry/view'
import { follow } from '../../model/follow'
import { middleOf } from '../../model/marks/mark'
import { BRUSH, resizeBrush } from '../../model/view/settings'
import { makeTools } from '../../tools'
import { CLICK, type Press, type Preview, type Tool } from '../../tools/tool'
import type { Suggestion } from '../../wire'
import type { Desk } from '../desk'
import { eyeOf, handOf } from './hand'
import { ImageView } from './image-view'
import { PeopleLayer } from './people-layer'
import { ScoreMapLayer } from './score-map-layer'

/** How long a flash lasts, ms. */
const FLASH = 900

/** Least time between two tries to renew the tile token, ms. */
const RENEWAL = 30_000

/** A particle that the canvas is asked to show is at least so large, CSS pixels. */
const EASY_TO_SEE = 40

/** Particles to label are at least and at most so large on screen, CSS pixels. */
const COMFORT = { least: 70, most: 200 } as const

/** Places of a walk whose tiles are loaded ahead. */
const AHEAD = 2

/** The canvas of a desk: viewer, marks and gestures, tied to the desk's signals. */
export class Stage {
  readonly viewer: MicrographViewer
  readonly image: ImageView
  readonly scores: ScoreMapLayer
  readonly marks: MarksView
  readonly input: PointerInput
  readonly tools
  spaceHeld = false
  readonly #people: PeopleLayer
  readonly #ghosts: Surface
  #due = false
  #renewed = 0
  #flash: { places: readonly Point[]; since: number } | null = null
  readonly #ends: (() => void)[] = []

  constructor(
    readonly desk: Desk,
    readonly element: HTMLElement,
    viewerElement: HTMLElement,
  ) {
    this.viewer = new MicrographViewer(viewerElement, {
      drawn: () => this.drawNow(),
      tileFailed: () => void this.#renewTiles(),
      settled: () => this.image.settled(),
      steered: () => desk.presence.leave(),
      tile: () => desk.state.limits.peek().tile,
    })
    this.image = new ImageView(desk, this.viewer)
    this.scores = new ScoreMapLayer(desk, element, () => this.redraw())
    this.marks = new MarksView(new Surface(element, 'stage-surface'))
    this.#ghosts = new Surface(element, 'stage-surface')
    this.#people = new PeopleLayer(desk, element, () => this.viewer.view())
    this.tools = makeTools(
      () => eyeOf(this.desk),
      () => handOf(this.desk),
    )
    this.input = new PointerInput(element, {
      tool: () => this.tool(),
      toImage: point => this.#toImage(point),
      panning: () => this.spaceHeld,
      pan: (x, y) => this.viewer.panBy(x, y),
      zoom: (factor, at) => this.viewer.zoomAt(factor, at),
      press: () => ({ shift: desk.mode.peek() === 'add', alt: desk.mode.peek() === 'remove' }),
      context: at => {
        const eye = eyeOf(desk)
        const target = eye?.hit(at) ?? eye?.hitRegion(at)
        eye?.select(target ? [target] : [])
      },
      wheel: (turn, press) => this.#wheel(turn, press),
      hover: at => {
        desk.cursor.value = at
        this.tool().hover?.(at)
        this.#drawGhosts()
      },
      changed: () => this.#drawGhosts(),
    })
    this.#watch()
  }

  tool(): Tool {
    return this.tools[this.desk.tool.peek()]
  }

  /** Completes what several presses began, or undoes a part of it. */
  finish(): void {
    this.tool().finish?.()
    this.#drawGhosts()
  }

  back(): boolean {
    const taken = this.tool().back?.() ?? false
    this.#drawGhosts()
    return taken
  }

  destroy(): void {
    for (const end of this.#ends) end()
    this.image.destroy()
    this.scores.destroy()
    this.#people.destroy()
    this.viewer.destroy()
  }

  /** Draws the marks in the next frame, however often it is asked for. */
  redraw(): void {
    if (this.#due) return
    this.#due = true
    requestAnimationFrame(() => {
      this.#due = false
      this.drawNow()
    })
  }

  #watch(): void {
    const { desk } = this
    const { state } = desk
    this.#ends.push(
      effect(() => this.#show()),
      follow([desk.settings, desk.selection.targets, desk.diameter, desk.micrograph, state.thresholds], () =>
        this.redraw(),
      ),
      effect(() => this.#look(desk.flashed.value)),
      follow([desk.exports.points, desk.travel.shown, desk.restorations.preview], () => this.redraw()),
      effect(() => {
        this.element.dataset.tool = desk.tool.value
        for (const tool of Object.values(this.tools)) tool.cancel()
        this.input.cancel()
      }),
      effect(() => {
        const place = desk.place.value
        if (place) this.viewer.centreOn(place, EASY_TO_SEE / desk.diameter.peek())
      }),
      effect(() => {
        const aim = desk.presence.aim.value
        if (aim) this.viewer.frame(aim.micrograph, aim.view)
      }),
      follow([desk.walk.looks, desk.walk.place], () => this.#seek(desk.walk.place.peek())),
      follow([desk.settling.active, desk.tried], () => this.redraw()),
      follow([desk.settling.looks, desk.settling.place], () => this.#seek(desk.settling.place.peek())),
      state.marks.listen(id => id === desk.current.peek() && this.redraw()),
      state.blocks.listen(id => id === desk.current.peek() && this.redraw()),
      follow([desk.others.changed, desk.coordinates.changed, desk.compared.places], () => this.redraw()),
    )
  }

  /** Opens the desk's micrograph once, not at each change of its row. */
  #show(): void {
    const { desk } = this
    const id = desk.current.value
    const micrograph = desk.state.micrographs.peek().find(row => row.id === id)
    this.input.cancel()
    if (!micrograph) return this.viewer.close()
    this.viewer.open(micrograph, () => desk.state.tiles.peek(), this.image.look(micrograph))
  }

  /** Shows the place of a walk, and loads the tiles of those that come next. */
  #seek(place: Omit<Suggestion, 'question'> | null): void {
    this.redraw()
    if (!place) return
    const { walk, state } = this.desk
    const diameter = state.diameter(place.micrograph)
    this.viewer.seek(place.micrograph, place, COMFORT.least / diameter, COMFORT.most / diameter)
    const view = this.desk.view.peek()
    for (const next of walk.ahead(AHEAD)) {
      const micrograph = state.micrograph(next.micrograph)
      if (micrograph && view) this.image.ahead(micrograph, next, view)
    }
  }

  drawNow(): void {
    const view = this.viewer.view()
    const { clientWidth, clientHeight } = this.element
    this.scores.draw(view, clientWidth, clientHeight)
    this.marks.draw(view && this.#scene(view), clientWidth, clientHeight)
    const old = this.desk.view.peek()
    if (!view || !old || !sameView(view, old)) this.desk.view.value = view
    this.#drawGhosts()
    this.#people.draw()
  }

  #scene(view: View): Scene | null {
    const { desk } = this
    const id = desk.current.peek()
    const settings = desk.settings.peek()
    if (id === null || !settings.marks) return null
    const past = desk.travel.of(id)
    return {
      view,
      marks: past?.marks ?? desk.state.marks.of(id),
      picks: past?.picks ?? desk.state.finals.of(id),
      others: past ? [] : [...desk.others.drawn(id), { look: COMING, picks: desk.coordinates.of(id) }],
      compared: desk.compared.places.peek(),
      diameter: past?.diameter ?? desk.tried.peek() ?? desk.diameter.peek(),
      shape: settings.shape,
      colouring: COLOURINGS[desk.settling.active.peek() ? 'who' : settings.colourBy],
      selected: desk.selection.targets.peek(),
    }
  }

  #drawGhosts(): void {
    const { desk } = this
    const context = this.#ghosts.clear(this.element.clientWidth, this.element.clientHeight)
    const view = this.viewer.view()
    const preview = this.tool().preview ?? this.#hovering()
    if (view) this.#drawFlash(context, view)
    const read = desk.exports.points.peek()
    if (view && read) drawReadBack(context, view, read)
    if (view) this.#drawRestoration(context, view)
    if (view) this.#drawTried(context, view)
    const handles = this.tool().handles
    if (view && handles) drawHandles(context, view, handles)
    if (view && preview) {
      drawPreview(context, view, preview, desk.diameter.peek(), desk.settings.peek().shape)
      if (preview.ruler) drawRuler(context, view, preview.ruler, desk.micrograph.peek()?.pixel_size ?? null)
    }
    const place = desk.walk.place.peek() ?? desk.settling.place.peek()
    if (view && place?.micrograph === desk.current.peek())
      drawSuggestion(context, view, place, desk.diameter.peek())
  }

  #drawRestoration(context: CanvasRenderingContext2D, view: View): void {
    const { restorations, travel } = this.desk
    const preview = restorations.preview.peek()
    if (!preview) return
    const [back, gone] = [preview.back.map(middleOf), preview.gone.map(middleOf)]
    drawRestoration(context, view, { back, gone }, ((travel.shown.peek()?.diameter ?? 0) / 2) * view.scale)
  }

  /** Marks have the diameter that is tried out; where there are none, it is shown where particles seem to be, or amidst. */
  #drawTried(context: CanvasRenderingContext2D, view: View): void {
    const { desk } = this
    const [id, diameter] = [desk.current.peek(), desk.tried.peek()]
    const { marks, shape } = desk.settings.peek()
    if (id === null || diameter === null || (marks && desk.state.finals.of(id).length > 0)) return
    const found = desk.state.suggestedDiameter.peek()?.places[id]?.map(([x, y]) => ({ x, y })) ?? []
    const middle = toImage(view, { x: view.width / 2, y: view.height / 2 })
    drawSize(context, view, found.length > 0 ? found : [middle], diameter, shape)
  }

  /** Brings places into view, where none of them is, and flashes them. */
  #look(places: readonly Point[]): void {
    const [first] = places
    if (!first) return
    this.viewer.whenOpen(() => {
      const view = this.viewer.view()
      if (view && !places.some(place => inSight(view, place))) this.viewer.centreOn(first)
      this.#flash = { places, since: performance.now() }
      this.#animate()
    })
  }

  #animate(): void {
    this.#drawGhosts()
    if (this.#flash) requestAnimationFrame(() => this.#animate())
  }

  #drawFlash(context: CanvasRenderingContext2D, view: View): void {
    if (!this.#flash) return
    const age = (performance.now() - this.#flash.since) / FLASH
    if (age >= 1) this.#flash = null
    else {
      const r = (this.desk.diameter.peek() / 2) * view.scale
      drawFlash(context, view, this.#flash.places, r, this.desk.settings.peek().shape, age)
    }
  }

  /** What follows the cursor while no button is held: the ghost of a label, or the eraser. */
  #hovering(): Preview | null {
    const at = this.desk.cursor.peek()
    const name = this.desk.tool.peek()
    if (!at || !this.desk.state.mayEdit.peek()) return null
    if (name === 'erase') return { brush: { at, radius: handOf(this.desk)?.brush ?? 0 } }
    if (name !== 'particle' && name !== 'background' && name !== 'contamination') return null
    return { ring: { at, style: name } }
  }

  /** Shift or Alt and the wheel change the size of the eraser. */
  #wheel(turn: number, { shift, alt }: Press): boolean {
    if (this.desk.tool.peek() !== 'erase' || !(shift || alt)) return false
    resizeBrush(this.desk.settings, turn > 0 ? 1 / BRUSH.step : BRUSH.step)
    return true
  }

  #toImage(point: Point): Point | null {
    const view = this.viewer.view()
    return view && toImage(view, point)
  }

  async #renewTiles(): Promise<void> {
    const now = Date.now()
    if (now - this.#renewed < RENEWAL) return
    this.#renewed = now
    const old = this.desk.state.tiles.peek()
    await this.desk.sync.renewTiles().catch(() => undefined)
    if (this.desk.state.tiles.peek() !== old) this.#show()
  }
}

function sameView(a: View, b: View): boolean {
  return (
    Math.abs(a.left - b.left) < CLICK / 100 &&
    Math.abs(a.top - b.top) < CLICK / 100 &&
    a.scale === b.scale &&
    a.width === b.width &&
    a.height === b.height
  )
}
