import { useSignalEffect } from '@preact/signals'
import type { JSX } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import type { Averages, Pictured } from '../../desk/averages/averages'
import type { AveragesCommands } from '../../desk/averages/averages-commands'
import { AVERAGES_KEYS } from '../../desk/averages/averages-keys'
import { keyFor } from '../../desk/keys/press'
import { scrollTo, shelvesOf, stepTo } from '../../geometry/shelves'
import { AVERAGE_SIDES } from '../../model/averages/averages-settings'
import { useInnerSize } from '../kit/inner-size'
import { ClassCell, TEXT } from './class-cell'

const GAP = 8

interface Props {
  averages: Averages
  commands: AveragesCommands
  pictured: Pictured
  close: () => void
}

/** The averages in rows; some tens, so that all are drawn. */
export function ClassGrid({ averages, commands, pictured, close }: Props): JSX.Element {
  const box = useRef<HTMLDivElement>(null)
  const room = useInnerSize(box)
  const side = AVERAGE_SIDES[averages.settings.value.size]
  const cell = { width: side, height: side + TEXT }
  const order = averages.order.value
  const shelves = shelvesOf(order.length, room.value.width, cell, GAP)
  const at = averages.at.value
  useLayoutEffect(() => {
    if (!typing()) box.current?.focus({ preventScroll: true })
  }, [])
  useSignalEffect(() => {
    if (averages.reveals.value === 0 || !box.current) return
    const { scrollTop, clientHeight, clientWidth } = box.current
    const now = shelvesOf(averages.order.peek().length, clientWidth, cell, GAP)
    box.current.scrollTop = scrollTo(now, averages.at.peek(), scrollTop, clientHeight)
  })
  return (
    <div
      ref={box}
      id="classes"
      class="crops"
      role="listbox"
      aria-label="Classes"
      aria-activedescendant={order.length > 0 ? `class-${at}` : undefined}
      tabIndex={0}
      data-testid="classes"
      onKeyDown={event => {
        const key = keyFor(AVERAGES_KEYS, event)
        if (!key) return
        event.preventDefault()
        event.stopPropagation()
        const move = (by: string): void => {
          const next = stepTo(by, averages.at.peek(), order.length, shelves, room.value.height)
          if (next !== null) averages.point(next)
        }
        key.run({ commands, move, close }, event)
      }}
    >
      <div class="crops-all" style={{ height: `${shelves.height}px` }}>
        {order.map((place, index) => {
          const of = pictured.classes[place]
          return (
            of && (
              <ClassCell
                key={of.number}
                pictured={pictured}
                of={of}
                place={place}
                index={index}
                count={order.length}
                tally={averages.tallies.value.get(of.number) ?? null}
                left={GAP + (index % shelves.columns) * shelves.stepX}
                top={GAP + Math.floor(index / shelves.columns) * shelves.stepY}
                side={side}
                current={index === at}
                choose={() => (index === at ? averages.showCrops() : averages.point(index))}
              />
            )
          )
        })}
      </div>
    </div>
  )
}

/** The first averages may come while somebody writes elsewhere. */
function typing(): boolean {
  return document.activeElement?.matches('input, textarea, select') ?? false
}
