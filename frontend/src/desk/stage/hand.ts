import type { View } from '../../geometry/view'
import { hitPoint, hitRegion, labelNear } from '../../model/marks/hit'
import { allAlong, allInside } from '../../model/marks/selection'
import { NEAR } from '../../model/picks/final'
import type { Hand } from '../../tools/tool'
import type { Desk } from '../desk'

/** Closer than this to a label, screen pixels, a press means that label, however small particles are. */
const SAME = 6

/** Marks are hit at least this near, screen pixels, however small they are. */
export const EASY = 9

/** How near to a mark the pointer must be to mean it, image pixels. */
export function reachOf(diameter: number, view: View): number {
  return Math.max(diameter / 2, EASY / view.scale)
}

/** What read-only tools may use: everything on the open micrograph. Null while one looks at the past. */
export function eyeOf(desk: Desk): Hand | null {
  const micrograph = desk.micrograph.peek()
  const view = desk.view.peek()
  if (!micrograph || !view || desk.travel.active) return null
  const { id, width, height } = micrograph
  const diameter = desk.diameter.peek()
  const pixel = 1 / view.scale
  const reach = reachOf(diameter, view)
  const marks = desk.state.marks
  return {
    micrograph: id,
    author: desk.state.you.peek()?.id ?? null,
    width,
    height,
    diameter,
    reach,
    pixel,
    brush: desk.settings.peek().brush * pixel,
    handle: EASY * pixel,
    mostCorners: desk.state.limits.peek().corners,
    selected: desk.selection.only.peek(),
    regions: marks.of(id).regions,
    newId: () => crypto.randomUUID(),
    hit: at => hitPoint(marks.of(id), desk.others.withFinals(id), at, reach),
    labelNear: at => labelNear(marks.of(id).labels, at, Math.max(NEAR * diameter, SAME * pixel)),
    hitRegion: at => hitRegion(marks.of(id).regions, at, EASY * pixel),
    inside: outline => allInside(marks.of(id), desk.others.withFinals(id), outline),
    along: (from, to, radius) => allAlong(marks.of(id), desk.others.withFinals(id), from, to, radius),
    commit: (changes, gesture) => void desk.editor.commit(id, changes, gesture),
    select: (targets, how = 'replace') => desk.selection.choose(targets, how),
    flash: places => desk.flash(places),
    comment: at => {
      desk.tool.value = 'select'
      desk.comments.pin(at)
    },
    point: at => {
      desk.tool.value = 'select'
      desk.presence.point(at)
    },
    say: message => desk.say(message),
  }
}

/** The same for tools that change marks: nothing for viewers, or while marks are hidden. */
export function handOf(desk: Desk): Hand | null {
  return desk.state.mayEdit.peek() && desk.settings.peek().marks ? eyeOf(desk) : null
}
