import { useSignalEffect } from '@preact/signals'
import type { ComponentChildren, JSX } from 'preact'
import { useRef } from 'preact/hooks'
import type { Sections } from '../../desk/sections'
import type { SectionName } from '../../model/view/settings'
import { Icon } from './icons'

interface Props {
  sections: Sections
  title: SectionName
  testid: string
  /** What is shown at the right of the title. */
  side?: ComponentChildren
  children: ComponentChildren
}

/** A part of the right panel, folded away and unfolded by its title. */
export function Section({ sections, title, testid, side, children }: Props): JSX.Element {
  const folded = sections.isFolded(title)
  const element = useRef<HTMLElement>(null)
  useSignalEffect(() => {
    if (sections.revealed.value?.section === title) element.current?.scrollIntoView({ block: 'nearest' })
  })
  return (
    <section ref={element} class="section" aria-label={title} data-testid={testid}>
      <div class="panel-title">
        <h2>
          <button
            type="button"
            class="fold"
            aria-expanded={!folded}
            onClick={() => (folded ? sections.unfold(title) : sections.fold(title))}
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
