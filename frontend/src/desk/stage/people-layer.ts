import { drawFlag, drawOutline, drawPing, drawPointer, type Face } from '../../canvas/layers/people'
import { Surface } from '../../canvas/surface'
import { distance } from '../../geometry/point'
import { inSight, toScreen, type View } from '../../geometry/view'
import { follow } from '../../model/follow'
import type { SeenBy } from '../../model/presence/views'
import type { Desk } from '../desk'
import { PING } from '../presence'
import { glide, type Shown } from './glide'

/** A pointer that rests is seen this long, then fades, ms. */
const RESTS = 4_000
const FADES = 800

/** How long the name of who changed a mark stays by it, ms. */
const LATELY = 2_200

/** Nearer than this to one's own pointer, CSS pixels, others are faint: they are in the way. */
const NEAR = 70
const FAINT = 0.3

/** How far from a mark the name of who changed it is, besides its radius, CSS pixels. */
const BESIDE = 6

/** The pointers, outlines, pings and names of others, on a surface of their own above the marks. */
export class PeopleLayer {
  readonly #surface: Surface
  readonly #shown = new Map<number, Shown>()
  readonly #still = matchMedia('(prefers-reduced-motion: reduce)')
  readonly #ends: (() => void)[]
  #drawn = false
  #last = 0
  #frame = 0
  #timer = 0

  constructor(
    readonly desk: Desk,
    parent: HTMLElement,
    readonly view: () => View | null,
  ) {
    this.#surface = new Surface(parent, 'stage-surface')
    const { state, presence, settings, current } = desk
    this.#ends = [
      follow([current], () => this.#shown.clear()),
      follow(
        [state.views.changed, state.people, state.lately, presence.pings, settings, presence.following],
        () => this.redraw(),
      ),
    ]
  }

  destroy(): void {
    for (const end of this.#ends) end()
    cancelAnimationFrame(this.#frame)
    clearTimeout(this.#timer)
  }

  /** Draws in the next frame, however often it is asked for. */
  redraw(): void {
    if (!this.#frame)
      this.#frame = requestAnimationFrame(() => {
        this.#frame = 0
        this.draw()
      })
  }

  draw(): void {
    const now = performance.now()
    const view = this.view()
    const people = view && this.desk.settings.peek().cursors ? this.desk.presence.seenHere() : []
    const pings = this.#pings(now)
    const names = this.#names(now, people)
    const any = view !== null && people.length + pings.length + names.length > 0
    if (!any && !this.#drawn) return
    const { canvas } = this.#surface
    const context = this.#surface.clear(canvas.clientWidth, canvas.clientHeight)
    this.#drawn = any
    if (!view) return
    const moves = people.filter(seen => this.#drawPerson(context, view, seen, now)).length
    for (const { at, person } of names) this.#drawName(context, view, at, this.#face(person))
    for (const { at, person, since } of pings)
      drawPing(context, view, at, this.#face(person), (now - since) / PING, this.#still.matches)
    this.#last = now
    this.#goOn(moves + pings.length > 0, now, people, names)
  }

  /** Returns whether the next frame is another. */
  #drawPerson(context: CanvasRenderingContext2D, view: View, seen: SeenBy, now: number): boolean {
    const elapsed = this.#still.matches ? Infinity : Math.min(34, now - this.#last)
    const { shown, there } = glide(this.#shown.get(seen.person) ?? null, seen, elapsed, view.scale)
    this.#shown.set(seen.person, shown)
    const face = this.#face(seen.person)
    context.globalAlpha = 0.8
    if (!this.desk.presence.sharesView(seen.person)) drawOutline(context, view, shown.view, face)
    const rested = now - seen.moved - RESTS
    const faded = Math.min(1, Math.max(0, rested / FADES))
    if (shown.at && faded < 1 && inSight(view, shown.at)) {
      context.globalAlpha = (1 - faded) * (this.#inTheWay(view, shown.at) ? FAINT : 1)
      drawPointer(context, view, shown.at, face)
    }
    context.globalAlpha = 1
    return !there || (faded > 0 && faded < 1)
  }

  #inTheWay(view: View, at: { x: number; y: number }): boolean {
    const own = this.desk.cursor.peek()
    return own !== null && distance(toScreen(view, own), toScreen(view, at)) < NEAR
  }

  #drawName(context: CanvasRenderingContext2D, view: View, at: { x: number; y: number }, face: Face): void {
    const { x, y } = toScreen(view, at)
    const away = (this.desk.diameter.peek() / 2) * view.scale * Math.SQRT1_2 + BESIDE
    context.globalAlpha = 0.9
    drawFlag(context, x + away, y - away - 12, face)
    context.globalAlpha = 1
  }

  #pings(now: number) {
    const here = this.desk.current.peek()
    return this.desk.presence.pings
      .peek()
      .filter(({ micrograph, since }) => micrograph === here && now - since < PING)
  }

  /** The last changes of those whose pointer does not say already that it was them. */
  #names(now: number, people: readonly SeenBy[]) {
    const here = this.desk.current.peek()
    const near = this.desk.diameter.peek()
    return this.desk.state.lately.peek().filter(({ micrograph, since, person, at }) => {
      if (micrograph !== here || now - since > LATELY) return false
      const pointer = people.find(seen => seen.person === person)?.at
      return !pointer || distance(pointer, at) > near
    })
  }

  #face(person: number): Face {
    return { person, name: this.desk.state.name(person) }
  }

  /** The next frame at once while something moves, else when the next thing is to fade or to go. */
  #goOn(moves: boolean, now: number, people: readonly SeenBy[], names: readonly { since: number }[]): void {
    clearTimeout(this.#timer)
    if (moves) return this.redraw()
    const ends = [...people.map(({ moved }) => moved + RESTS), ...names.map(({ since }) => since + LATELY)]
    const next = Math.min(...ends.filter(end => end > now))
    if (next < Infinity) this.#timer = window.setTimeout(() => this.redraw(), next - now + 1)
  }
}
