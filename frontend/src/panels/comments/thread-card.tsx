import type { JSX } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import type { Desk } from '../../desk/desk'
import { livingOf, type Thread } from '../../model/comments/threads'
import { plural } from '../kit/format'
import { Icon } from '../kit/icons'
import { Button, classes, IconButton } from '../kit/ui'
import { By, CommentRow, When } from './comment-row'
import { Composer } from './composer'

interface Props {
  desk: Desk
  thread: Thread
}

/** A thread: its beginning, or all of it where it is open. */
export function ThreadCard({ desk, thread }: Props): JSX.Element {
  const open = desk.comments.thread.value === thread.id
  const element = useRef<HTMLLIElement>(null)
  useEffect(() => {
    if (open) element.current?.scrollIntoView({ block: 'nearest' })
  }, [open])
  return (
    <li ref={element} class={classes('thread', open && 'thread-open')} data-testid="thread">
      {open ? <Whole desk={desk} thread={thread} /> : <Beginning desk={desk} thread={thread} />}
    </li>
  )
}

function Beginning({ desk, thread }: Props): JSX.Element {
  const { comments, state } = desk
  const waits = comments.waits(thread)
  const [shown] = livingOf(thread)
  const answers = livingOf(thread).length - 1
  const open = (): void => {
    comments.show(thread)
    comments.go(thread)
  }
  return (
    <button type="button" class="thread-button" aria-expanded={false} onClick={open}>
      {shown && (
        <span class="comment-head">
          <By comment={shown} />
          <When comment={shown} unsent={state.comments.unsent.value.has(shown.id)} />
          {waits && <span class="thread-waits" title="Waits for you" role="img" aria-label="Waits for you" />}
        </span>
      )}
      <span class="thread-excerpt">{shown?.text}</span>
      <span class="thread-where">
        {thread.place && <Icon name="target" size={12} />} {where(desk, thread)}
        {answers > 0 && ` · ${plural(answers, 'answer')}`}
        {thread.resolved && ' · resolved'}
      </span>
    </button>
  )
}

function Whole({ desk, thread }: Props): JSX.Element {
  const { comments, state } = desk
  const mayEdit = state.mayEdit.value
  const { id, resolved, first, replies, micrograph } = thread
  const resolver = first?.resolved_by?.username ?? 'a former member'
  return (
    <>
      <div class="thread-bar">
        {micrograph === null ? (
          <span class="thread-where">{where(desk, thread)}</span>
        ) : (
          <Button
            kind="quiet"
            class="thread-place"
            icon="target"
            onClick={() => comments.go(thread)}
            data-testid="thread-place"
          >
            {where(desk, thread)}
          </Button>
        )}
        {mayEdit && first && (
          <Button
            kind="quiet"
            icon={resolved ? 'undo' : 'check'}
            onClick={() => comments.resolve(thread, !resolved)}
            data-testid="resolve"
          >
            {resolved ? 'Open again' : 'Resolve'}
          </Button>
        )}
        <IconButton
          icon="close"
          label="Close the thread"
          onClick={() => {
            comments.thread.value = null
          }}
        />
      </div>
      <CommentRow desk={desk} comment={first} />
      {replies.map(comment => (
        <CommentRow key={comment.id} desk={desk} comment={comment} />
      ))}
      {resolved && <p class="hint">Resolved by {resolver}. An answer opens it again.</p>}
      {mayEdit && (
        <Composer
          key={`${id} ${comments.givenBack.value}`}
          desk={desk}
          label="Answer"
          action="Answer"
          text={comments.typed.get(id) ?? ''}
          keep={text => comments.typed.set(id, text)}
          send={text => comments.answer(id, text)}
          testid="answer"
        />
      )}
    </>
  )
}

function where({ state }: Pick<Desk, 'state'>, { micrograph }: Thread): string {
  return state.micrograph(micrograph)?.name ?? 'On the project'
}
