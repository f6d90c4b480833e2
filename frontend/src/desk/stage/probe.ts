// A probe for tests: what the browser suite and the benchmarks read of an open project, as window.cryoweb.

import type { Point } from '../../geometry/point'
import { toImage, toScreen } from '../../geometry/view'
import type { Desk } from '../desk'
import type { Stage } from './stage'

/** Places: page pixels and image pixels. */
export interface Probe {
  readonly sequence: number
  readonly waiting: number
  readonly connection: string
  readonly micrograph: number | null
  readonly tool: string
  /** Whether a micrograph is open and placed, so that the conversions answer. */
  readonly ready: boolean
  /** Whether all tiles in view of the open micrograph have come. */
  readonly sharp: boolean
  /** Marks on screen in the last frame, the time it took to draw them (ms), and frames so far. */
  readonly drawn: { readonly marks: number; readonly ms: number; readonly frames: number }
  /** Labels, regions and verdicts of the open micrograph as of the moment shown, and its picks at the thresholds. */
  readonly held: {
    readonly labels: number
    readonly regions: number
    readonly verdicts: number
    readonly final: number
  }
  /** Where others on the open micrograph point, by their names; null where their pointer is elsewhere. */
  readonly pointers: Readonly<Record<string, Point | null>>
  /** Who has pointed at something of the open micrograph for others to see, and where. */
  readonly pings: Readonly<Record<string, Point>>
  toPage(x: number, y: number): Point | null
  toImage(pageX: number, pageY: number): Point | null
  /** Draws the whole frame of marks now and says how long that took, ms. */
  redraw(): number
}

declare global {
  interface Window {
    cryoweb?: Probe
  }
}

/** Puts the probe on the window; the function returned takes it away. */
export function exposeProbe(desk: Desk, stage: Stage): () => void {
  const corner = (): DOMRect => stage.element.getBoundingClientRect()
  window.cryoweb = {
    get sequence() {
      return desk.sync.sequence
    },
    get waiting() {
      return desk.sync.waiting.peek()
    },
    get connection() {
      return desk.sync.connection.peek()
    },
    get micrograph() {
      return desk.current.peek()
    },
    get tool() {
      return desk.tool.peek()
    },
    get ready() {
      return stage.viewer.view() !== null
    },
    get sharp() {
      return stage.viewer.sharp
    },
    get drawn() {
      return { ...stage.marks.stats }
    },
    get held() {
      return held(desk)
    },
    get pointers() {
      const seen = desk.presence.seenHere().map(({ person, at }) => [desk.state.name(person), at] as const)
      return Object.fromEntries(seen)
    },
    get pings() {
      const here = desk.presence.pings.peek().filter(({ micrograph }) => micrograph === desk.current.peek())
      return Object.fromEntries(here.map(({ person, at }) => [desk.state.name(person), at] as const))
    },
    toPage(x, y) {
      const view = stage.viewer.view()
      const place = view && toScreen(view, { x, y })
      return place && { x: place.x + corner().left, y: place.y + corner().top }
    },
    toImage(pageX, pageY) {
      const view = stage.viewer.view()
      return view && toImage(view, { x: pageX - corner().left, y: pageY - corner().top })
    },
    redraw() {
      const start = performance.now()
      stage.drawNow()
      return performance.now() - start
    },
  }
  return () => {
    delete window.cryoweb
  }
}

function held(desk: Desk): Probe['held'] {
  const id = desk.current.peek()
  if (id === null) return { labels: 0, regions: 0, verdicts: 0, final: 0 }
  const past = desk.travel.of(id)
  const { labels, regions, verdicts } = past?.marks ?? desk.state.marks.of(id)
  return {
    labels: labels.length,
    regions: regions.length,
    verdicts: verdicts.length,
    final: past?.picks.length ?? desk.state.finals.count(id),
  }
}
