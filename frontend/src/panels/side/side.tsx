import type { JSX } from 'preact'
import { useRef } from 'preact/hooks'
import type { Desk } from '../../desk/desk'
import { SIDES, type SideName } from '../../desk/side'
import { Icon } from '../kit/icons'
import { classes } from '../kit/ui'
import { TABS } from './tabs'

/** Moves along the rail, by key. */
const STEPS: Readonly<Record<string, (at: number) => number>> = {
  ArrowDown: at => (at + 1) % SIDES.length,
  ArrowUp: at => (at - 1 + SIDES.length) % SIDES.length,
  Home: () => 0,
  End: () => SIDES.length - 1,
}

/** The right column: one of its tabs. */
export function Side({ desk }: { desk: Desk }): JSX.Element {
  const name = desk.side.value
  const { title, view: View } = TABS[name]
  return (
    <aside class="panel panel-right" aria-label={title} data-testid={`side-panel-${name}`}>
      <div class="side" id="side" role="tabpanel" aria-label={title}>
        <View desk={desk} />
      </div>
    </aside>
  )
}

/** The strip of icons at the right edge, which says what the right column shows. */
export function Rail({ desk }: { desk: Desk }): JSX.Element {
  const strip = useRef<HTMLDivElement>(null)
  const move = (event: KeyboardEvent): void => {
    const to = STEPS[event.key]?.(SIDES.indexOf(desk.side.peek()))
    const name = to === undefined ? undefined : SIDES[to]
    if (!name) return
    event.preventDefault()
    event.stopPropagation()
    desk.side.value = name
    strip.current?.querySelectorAll('button')[SIDES.indexOf(name)]?.focus()
  }
  return (
    <nav class="rail" aria-label="Right panel">
      <div
        ref={strip}
        class="rail-tabs"
        role="tablist"
        aria-label="Right panel"
        aria-orientation="vertical"
        onKeyDown={move}
      >
        {SIDES.map((name, index) => (
          <RailTab key={name} desk={desk} name={name} number={index + 1} />
        ))}
      </div>
    </nav>
  )
}

function RailTab({ desk, name, number }: { desk: Desk; name: SideName; number: number }): JSX.Element {
  const { title, icon, waiting } = TABS[name]
  const on = desk.side.value === name
  const count = waiting?.(desk) ?? 0
  return (
    <button
      type="button"
      class={classes('rail-tab', on && 'rail-tab-on')}
      role="tab"
      aria-selected={on}
      aria-controls="side"
      title={`${title} (${number})`}
      tabIndex={on ? 0 : -1}
      onClick={() => {
        desk.side.value = name
      }}
      data-testid={`side-${name}`}
    >
      <Icon name={icon} size={20} />
      <span class="rail-name">{title}</span>
      {count > 0 && (
        <span class="rail-count">
          {count > 99 ? '99+' : count}
          <span class="sr-only"> waiting for you</span>
        </span>
      )}
    </button>
  )
}
