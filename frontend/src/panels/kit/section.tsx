import { useSignalEffect } from '@preact/signals'
import type { ComponentChildren, JSX } from 'preact'
import { useRef } from 'preact/hooks'
import type { Desk } from '../../desk/desk'
import { flipFolded, type SectionName } from '../../model/settings'
import { Icon } from './icons'

interface Props {
  desk: Desk
  title: SectionName
  testid: string
  /** What is shown at the right of the title. */
  side?: ComponentChildren
  children: ComponentChildren
}

/** A part of the right panel, folded away and unfolded by its title; each person's browser remembers which. */
export function Section({ desk, title, testid, side, children }: Props): JSX.Element {
  const folded = desk.settings.value.folded.includes(title)
  const element = useRef<HTMLElement>(null)
  useSignalEffect(() => {
    if (desk.revealed.value?.section === title) element.current?.scrollIntoView({ block: 'nearest' })
  })
  return (
    <section ref={element} class="section" aria-label={title} data-testid={testid}>
      <div class="panel-title">
        <h2>
          <button
            type="button"
            class="fold"
            aria-expanded={!folded}
            onClick={() => desk.set(flipFolded(desk.settings.peek(), title))}
          >
            {title}
            <Icon name={folded ? 'next' : 'down'} size={12} />
          </button>
        </h2>
        {side}
      </div>
      {!folded && children}
    </section>
  )
}
