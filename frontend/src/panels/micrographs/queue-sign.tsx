import type { JSX } from 'preact'
import type { ProjectState } from '../../model/project'
import { FAR_WORDS } from '../../model/queue/far'
import { Icon } from '../kit/icons'
import { Avatar } from '../kit/ui'

/** Whose a micrograph is, and how far; nothing where nobody has it. */
export function QueueSign({ state, id }: { state: ProjectState; id: number }): JSX.Element | null {
  const { queue } = state
  const far = queue.far.value.get(id)
  const holders = queue.used.value ? queue.holders(id) : []
  if (!far || holders.length === 0) return null
  return (
    <span class="row-holders" data-far={far} data-testid="row-holders">
      {(far === 'done' || far === 'reviewed') && <Icon name="check" size={14} />}
      {holders.map(work => (
        <Avatar
          key={work.id}
          id={work.user}
          name={state.name(work.user)}
          note={FAR_WORDS[queue.farOf(work) ?? 'to_do']}
        />
      ))}
    </span>
  )
}
