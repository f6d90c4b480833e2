import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useEffect } from 'preact/hooks'
import { editing } from '../../desk/comments'
import type { Desk } from '../../desk/desk'
import type { Comment } from '../../wire'
import { Ago } from '../kit/ago'
import { Avatar, IconButton } from '../kit/ui'
import { CommentText } from './comment-text'
import { Composer } from './composer'

interface Props {
  desk: Pick<Desk, 'state' | 'comments'>
  /** Null where it was deleted before this page opened. */
  comment: Comment | null
}

/** One comment of the open thread. */
export function CommentRow({ desk, comment }: Props): JSX.Element {
  const { state, comments } = desk
  const edits = useSignal(false)
  const kept = editing(comment?.id ?? '')
  const stop = (): void => {
    comments.typed.delete(kept)
    edits.value = false
  }
  useEffect(() => {
    edits.value = comments.typed.has(kept)
  }, [comments.givenBack.value])
  if (!comment || comment.deleted) return <p class="hint comment">This comment was deleted.</p>
  const me = state.you.value?.id ?? 0
  const mine = comment.author?.id === me
  return (
    <article class="comment" data-testid="comment">
      <header class="comment-head">
        <By comment={comment} />
        <When comment={comment} unsent={state.comments.unsent.value.has(comment.id)} />
        {state.mayEdit.value && (
          <span class="comment-acts">
            {mine && (
              <IconButton
                icon="pencil"
                label="Edit"
                onClick={() => {
                  edits.value = true
                }}
                data-testid="edit-comment"
              />
            )}
            {(mine || state.mayManage.value) && (
              <IconButton
                icon="trash"
                label="Delete"
                onClick={() => void comments.remove(comment)}
                data-testid="delete-comment"
              />
            )}
          </span>
        )}
      </header>
      {edits.value ? (
        <Composer
          desk={desk}
          label="Edit your comment"
          action="Save"
          text={comments.typed.get(kept) ?? comment.text}
          keep={text => comments.typed.set(kept, text)}
          send={text => {
            comments.edit(comment, text)
            stop()
          }}
          cancel={stop}
          focus
          testid="comment-edit"
        />
      ) : (
        <CommentText comment={comment} me={me} />
      )}
    </article>
  )
}

/** Who wrote it. */
export function By({ comment: { author } }: { comment: Comment }): JSX.Element {
  const name = author?.username ?? 'A former member'
  return (
    <>
      <Avatar id={author?.id ?? 0} name={name} />
      <span class="comment-by" title={name}>
        {name}
      </span>
    </>
  )
}

export function When({ comment, unsent }: { comment: Comment; unsent: boolean }): JSX.Element {
  if (unsent)
    return (
      <span class="comment-when" title="It is kept in this browser until the server has it.">
        not sent yet
      </span>
    )
  return (
    <span class="comment-when">
      <Ago iso={comment.created_at} />
      {comment.edited_at && (
        <span title={new Date(comment.edited_at).toLocaleString('en-GB')}> · edited</span>
      )}
    </span>
  )
}
