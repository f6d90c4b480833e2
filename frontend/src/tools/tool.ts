import type { Point } from '../geometry/point'
import type { Target } from '../model/marks/hit'
import type { Label, Region } from '../model/marks/mark'
import type { Change } from '../model/marks/operation'
import type { How } from '../model/marks/selection'
import type { LabelKind } from '../wire'

export type ToolName =
  | 'select'
  | 'box'
  | 'lasso'
  | LabelKind
  | 'region'
  | 'polygon'
  | 'ruler'
  | 'move'
  | 'erase'
  | 'comment'
  | 'point'

/** Tools that change nothing, for those who may only look as well. */
export const LOOKING: readonly ToolName[] = ['select', 'ruler']

/** What a tool draws during its gesture. Places in image pixels. */
export interface Preview {
  readonly ring?: { readonly at: Point; readonly style: LabelKind | 'plain' }
  readonly from?: Point
  readonly ruler?: { readonly from: Point; readonly to: Point }
  /** A circle as large as what is under it; radius in image pixels. */
  readonly brush?: { readonly at: Point; readonly radius: number }
  readonly line?: readonly Point[]
  /** The places of the line that are fixed. */
  readonly corners?: readonly Point[]
  /** Whether the line cuts from regions. */
  readonly cut?: boolean
  /** The outline of a selection to be. */
  readonly area?: readonly Point[]
}

/** Corners that can be taken hold of, and the one that is. */
export interface Handles {
  readonly corners: readonly Point[]
  readonly held: number | null
}

/** How a press was made. */
export interface Press {
  readonly shift: boolean
  readonly alt: boolean
}

/** A gesture of the primary button as a small state machine; places in image pixels, outside allowed. */
export interface Tool {
  readonly name: ToolName
  readonly preview: Preview | null
  readonly handles?: Handles | null
  /** Whether a drag that begins like this is left to the viewer, which pans; the tool only watches it. */
  pans?(press: Press): boolean
  down(at: Point, press?: Press): void
  move(at: Point): void
  up(at: Point): void
  cancel(): void
  /** Cancels the current press, but not what earlier ones began; if missing, `cancel` is used. */
  release?(): void
  /** The cursor goes by with no button held; null where it leaves. */
  hover?(at: Point | null): void
  /** Completes what several presses began. */
  finish?(): void
  /** Undoes a part of it; returns whether there was any. */
  back?(): boolean
}

/** What a tool sees of the micrograph and may do to it. */
export interface Hand {
  readonly micrograph: number
  readonly author: number | null
  readonly width: number
  readonly height: number
  /** Particle diameter, image pixels. */
  readonly diameter: number
  /** How far from a mark's centre a click still means it, image pixels. */
  readonly reach: number
  /** Image pixels per screen pixel. */
  readonly pixel: number
  /** Radius of the eraser, image pixels. */
  readonly brush: number
  /** How near a press takes hold of a corner, image pixels. */
  readonly handle: number
  /** The server takes no region with more. */
  readonly mostCorners: number
  /** What is selected, where that is one thing. */
  readonly selected: Target | null
  readonly regions: readonly Region[]
  newId(): string
  hit(at: Point): Target | null
  /** The nearest label so near that another one there would mean the same particle. */
  labelNear(at: Point): Label | null
  hitRegion(at: Point): Target | null
  /** All that lies in an outline. */
  inside(outline: readonly Point[]): Target[]
  /** Labels, verdicts and picks at most `radius` image pixels from a line. */
  along(from: Point, to: Point, radius: number): Target[]
  commit(changes: Change[], gesture?: string): void
  select(targets: readonly Target[], how?: How): void
  /** Draws attention to places. */
  flash(places: readonly Point[]): void
  /** Begins a comment on a place. */
  comment(at: Point): void
  /** Shows others a place. */
  point(at: Point): void
  say(message: string): void
}

/** A press that moves less than this many screen pixels is still a click. */
export const CLICK = 4
