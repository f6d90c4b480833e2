import type { ComponentChildren, JSX } from 'preact'
import type { Desk } from '../../desk/desk'
import type { Assignment } from '../../wire'
import { classes } from '../kit/ui'

interface Props {
  desk: Desk
  work: Assignment
  /** What is said beside the name. */
  children: ComponentChildren
  testid: string
}

/** A micrograph in a list of the queue; pressing it opens it. */
export function QueueRow({ desk, work, children, testid }: Props): JSX.Element {
  const open = desk.current.value === work.micrograph
  return (
    <button
      type="button"
      class={classes('queue-row', open && 'queue-row-open')}
      aria-current={open}
      onClick={() => desk.open(work.micrograph)}
      data-testid={testid}
    >
      <span class="queue-name">{desk.state.micrograph(work.micrograph)?.name}</span>
      <span class="panel-note">{children}</span>
    </button>
  )
}
