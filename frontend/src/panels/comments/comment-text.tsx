import type { JSX } from 'preact'
import { partsOf } from '../../model/comments/text'
import type { Comment } from '../../wire'
import { classes } from '../kit/ui'

/** The text of a comment: line breaks and links as they are, and whom it names. Nothing in it is markup. */
export function CommentText({ comment, me }: { comment: Comment; me: number }): JSX.Element {
  return (
    <p class="comment-text">
      {partsOf(comment.text, comment.mentions).map((part, at) => {
        if (part.type === 'text') return part.text
        if (part.type === 'link')
          return (
            <a key={at} href={part.text} target="_blank" rel="noopener noreferrer">
              {part.text}
            </a>
          )
        return (
          <span key={at} class={classes('mention', part.person === me && 'mention-me')}>
            {part.text}
          </span>
        )
      })}
    </p>
  )
}
