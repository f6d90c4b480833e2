import type { JSX } from 'preact'
import { hueGround, personHue } from '../../canvas/colours'
import type { Desk } from '../../desk/desk'
import type { Point } from '../../geometry/point'
import { inSight, toScreen } from '../../geometry/view'
import { livingOf, type Thread } from '../../model/comments/threads'
import { plural } from '../kit/format'
import { classes, initials } from '../kit/ui'

/** From the middle of the pin to the near end of its leader, and from there to the particle, CSS pixels. */
const LEADER = 30
const GAP = 4
/** The leader ends this far from the place at least and at most, however large particles are on screen. */
const NEAREST = 10
const FURTHEST = 120
/** Up and to the right. */
const WAY = { x: Math.SQRT1_2, y: -Math.SQRT1_2 }

/** Comments where they are pinned: beside the particle, never on it. */
export function CommentPins({ desk }: { desk: Desk }): JSX.Element | null {
  const { comments, settings } = desk
  const view = desk.view.value
  const { pins, marks } = settings.value
  if (!view || !pins || !marks) return null
  const radius = Math.min(FURTHEST, Math.max(NEAREST, (desk.diameter.value / 2) * view.scale)) + GAP
  const seen = comments.pins.value.flatMap(thread =>
    thread.place && inSight(view, thread.place) ? [{ thread, at: toScreen(view, thread.place) }] : [],
  )
  const draft = comments.draft.value
  const coming = draft?.place && draft.micrograph === desk.current.value ? toScreen(view, draft.place) : null
  if (seen.length === 0 && !coming) return null
  return (
    <div class="pins" data-testid="pins">
      <svg class="pin-leaders" aria-hidden="true">
        {[...seen.map(({ at }) => at), ...(coming ? [coming] : [])].map(({ x, y }, index) => (
          <line
            key={index}
            x1={x + WAY.x * radius}
            y1={y + WAY.y * radius}
            x2={x + WAY.x * (radius + LEADER)}
            y2={y + WAY.y * (radius + LEADER)}
          />
        ))}
      </svg>
      {seen.map(({ thread, at }) => (
        <Pin key={thread.id} desk={desk} thread={thread} at={at} radius={radius} />
      ))}
      {coming && (
        <span class="pin pin-coming" style={placed(coming, radius)} aria-hidden="true">
          +
        </span>
      )}
    </div>
  )
}

interface PinProps {
  desk: Desk
  thread: Thread
  /** On screen, CSS pixels. */
  at: Point
  radius: number
}

function Pin({ desk: { comments }, thread, at, radius }: PinProps): JSX.Element {
  const [first, ...answers] = livingOf(thread)
  const name = first?.author?.username ?? '?'
  const waits = comments.waits(thread)
  const more = answers.length > 0 ? `, ${plural(answers.length, 'answer')}` : ''
  const label = `Comment by ${name}${more}${waits ? ', waits for you' : ''}: ${first?.text.slice(0, 80) ?? ''}`
  const open = comments.thread.value === thread.id
  return (
    <button
      type="button"
      class={classes('pin', open && 'pin-open', waits && 'pin-waits')}
      style={{ ...placed(at, radius), background: hueGround(personHue(first?.author?.id ?? 0)) }}
      title={label}
      aria-label={label}
      aria-pressed={open}
      onClick={() => comments.show(thread)}
      data-initials={initials(name)}
      data-count={answers.length > 0 ? answers.length + 1 : undefined}
      data-testid="pin"
    />
  )
}

function placed({ x, y }: Point, radius: number): { transform: string } {
  const far = radius + LEADER
  return { transform: `translate(${x + WAY.x * far}px, ${y + WAY.y * far}px) translate(-50%, -50%)` }
}
