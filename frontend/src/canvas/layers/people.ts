import type { Point } from '../../geometry/point'
import { toScreen, type View, type Visible } from '../../geometry/view'
import { COLOURS, HALO, hueColour, hueGround, personHue } from '../colours'

/** How another person is drawn: their colour, and their name for those who cannot tell it. */
export interface Face {
  readonly person: number
  readonly name: string
}

/** From the place pointed at to the tip of the arrow, CSS pixels: nothing is drawn over the place itself. */
const AWAY = 7

/** Of the arrow from its tip, CSS pixels. */
const ARROW = [
  [0, 0],
  [4.5, 15],
  [7.5, 8.5],
  [14.5, 6],
] as const

const FONT = '600 11px system-ui, sans-serif'

/** Height of a flag and the room round its name, CSS pixels. */
const FLAG = { height: 17, room: 5, longest: 140 } as const

/** An arrow below and right of the place it points at, and its person's name. Both keep off the place. */
export function drawPointer(context: CanvasRenderingContext2D, view: View, at: Point, face: Face): void {
  const { x, y } = toScreen(view, at)
  const tip = AWAY * Math.SQRT1_2
  const path = new Path2D()
  for (const [dx, dy] of ARROW) path.lineTo(x + tip + dx, y + tip + dy)
  path.closePath()
  context.lineJoin = 'round'
  context.strokeStyle = HALO
  context.lineWidth = 3
  context.stroke(path)
  context.fillStyle = hueColour(personHue(face.person))
  context.fill(path)
  drawFlag(context, x + tip + 14, y + tip + 15, face)
}

/** A person's name on their colour; the place is its upper left corner, CSS pixels. */
export function drawFlag(context: CanvasRenderingContext2D, x: number, y: number, face: Face): void {
  context.font = FONT
  const wide = Math.min(FLAG.longest, context.measureText(face.name).width)
  context.fillStyle = hueGround(personHue(face.person))
  context.strokeStyle = hueColour(personHue(face.person))
  context.lineWidth = 1
  context.beginPath()
  context.roundRect(x, y, wide + 2 * FLAG.room, FLAG.height, 4)
  context.fill()
  context.stroke()
  context.fillStyle = COLOURS.plain
  context.textBaseline = 'middle'
  context.fillText(face.name, x + FLAG.room, y + FLAG.height / 2 + 0.5, FLAG.longest)
}

/** The outline of what somebody sees, with their name above it. */
export function drawOutline(
  context: CanvasRenderingContext2D,
  view: View,
  seen: Readonly<Visible>,
  face: Face,
): void {
  const { x: left, y: top } = toScreen(view, { x: seen.left, y: seen.top })
  const { x: right, y: bottom } = toScreen(view, { x: seen.right, y: seen.bottom })
  context.setLineDash([6, 5])
  for (const [colour, width] of [
    [HALO, 3],
    [hueColour(personHue(face.person)), 1.25],
  ] as const) {
    context.strokeStyle = colour
    context.lineWidth = width
    context.strokeRect(left, top, right - left, bottom - top)
  }
  context.setLineDash([])
  if (top - FLAG.height >= 0) drawFlag(context, Math.max(left, 2), top - FLAG.height - 2, face)
}

/** Rings round a place that somebody points at. `age` goes from 0 to 1; a still one only fades at its end. */
export function drawPing(
  context: CanvasRenderingContext2D,
  view: View,
  at: Point,
  face: Face,
  age: number,
  still: boolean,
): void {
  const { x, y } = toScreen(view, at)
  const alpha = Math.min(1, 4 * (1 - age))
  for (const phase of still ? [0.4] : [(3 * age) % 1, (3 * age + 0.5) % 1]) {
    context.globalAlpha = alpha * (still ? 1 : 1 - phase)
    context.beginPath()
    context.arc(x, y, 14 + 34 * phase, 0, 2 * Math.PI)
    for (const [colour, width] of [
      [HALO, 5],
      [hueColour(personHue(face.person)), 2.5],
    ] as const) {
      context.strokeStyle = colour
      context.lineWidth = width
      context.stroke()
    }
  }
  context.globalAlpha = alpha
  drawFlag(context, x + 36, y - 44, face)
  context.globalAlpha = 1
}
