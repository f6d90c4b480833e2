import type { JSX } from 'preact'
import type { Member } from '../../wire'
import { Avatar, classes } from '../kit/ui'

interface Props {
  id: string
  members: readonly Member[]
  /** Which of them is chosen. */
  at: number
  take: (member: Member) => void
}

/** Names that fit what is typed after an @. */
export function NameList({ id, members, at, take }: Props): JSX.Element {
  return (
    <div id={id} class="names" role="listbox" aria-label="Members">
      {members.map((member, index) => (
        // biome-ignore lint/a11y/useFocusableInteractive: the field has the focus and names its active option
        <div
          key={member.id}
          id={`${id}-${index}`}
          class={classes('name', index === at && 'name-on')}
          role="option"
          aria-selected={index === at}
          onPointerDown={event => {
            event.preventDefault() // the field keeps the focus
            take(member)
          }}
        >
          <Avatar id={member.id} name={member.username} />
          {member.username}
        </div>
      ))}
    </div>
  )
}
