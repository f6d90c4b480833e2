import type { JSX } from 'preact'
import type { Desk } from '../../desk/desk'
import type { CommentFilter } from '../../model/comments/threads'
import { Segments } from '../kit/choice'
import { Button, Empty, IconButton } from '../kit/ui'
import { Composer } from './composer'
import { ThreadCard } from './thread-card'

const FILTERS: Record<CommentFilter, string> = {
  you: 'For you',
  open: 'Open',
  resolved: 'Resolved',
  here: 'Here',
}

const NOTHING: Record<CommentFilter, readonly [string, string]> = {
  you: ['Nothing for you', 'Threads in which you are named with @, or in which you wrote, are listed here.'],
  open: [
    'No open comments',
    'Point at something odd on the micrograph and press J. Name somebody with @ to ask them.',
  ],
  resolved: ['Nothing resolved yet', 'Threads that are settled are kept here.'],
  here: ['No comments on this micrograph', 'Point at a place on it and press J to begin one.'],
}

/** What people say to one another: pinned to places, on micrographs, or on the project. */
export function CommentsTab({ desk }: { desk: Desk }): JSX.Element {
  const { comments, settings } = desk
  const { pins } = settings.value
  const filter = comments.filter.value
  const [title, hint] = NOTHING[filter]
  return (
    <div class="panel-scroll">
      <section class="section comments">
        <div class="panel-title">
          <h2 id="comments-title">Comments</h2>
          <IconButton
            icon="pin"
            label={pins ? 'Hide the pins on the micrograph' : 'Show the pins on the micrograph'}
            onClick={() => desk.set({ pins: !pins })}
            data-testid="show-pins"
          />
        </div>
        {desk.state.mayEdit.value && <Begin desk={desk} />}
        <Segments
          labelledBy="comments-title"
          values={FILTERS}
          value={filter}
          set={to => {
            comments.filter.value = to
          }}
          testid="comments"
        />
      </section>
      {comments.shown.value.length === 0 ? (
        <Empty title={title}>
          <p>{hint}</p>
        </Empty>
      ) : (
        <ul class="threads" aria-label={FILTERS[filter]} data-testid="threads">
          {comments.shown.value.map(thread => (
            <ThreadCard key={thread.id} desk={desk} thread={thread} />
          ))}
        </ul>
      )}
    </div>
  )
}

/** Ways to begin a comment, or the one that is being written. */
function Begin({ desk }: { desk: Desk }): JSX.Element {
  const { comments, state } = desk
  const draft = comments.draft.value
  if (!draft) return <Beginnings desk={desk} />
  const row = state.micrograph(draft.micrograph)
  const on = row ? (draft.place ? `a place of ${row.name}` : row.name) : 'the project'
  return (
    <Composer
      key={`${draft.micrograph} ${draft.place?.x} ${draft.place?.y} ${comments.givenBack.value}`}
      desk={desk}
      label={`Comment on ${on}`}
      action="Comment"
      text={comments.typed.get('') ?? ''}
      keep={text => comments.typed.set('', text)}
      send={text => comments.add(text, draft)}
      cancel={() => {
        comments.draft.value = null
      }}
      focus
      testid="new-comment"
    />
  )
}

function Beginnings({ desk }: { desk: Desk }): JSX.Element {
  const { comments } = desk
  const micrograph = desk.current.value
  return (
    <fieldset class="comment-begin">
      <legend class="field-label">New comment on</legend>
      {micrograph !== null && (
        <>
          <Button
            icon="pin"
            title="Then press on the place. Or point at it and press J."
            aria-pressed={desk.tool.value === 'comment'}
            onClick={() => {
              desk.tool.value = desk.tool.peek() === 'comment' ? 'select' : 'comment'
            }}
            data-testid="comment-place"
          >
            a place
          </Button>
          <Button
            onClick={() => {
              comments.draft.value = { micrograph, place: null }
            }}
            data-testid="comment-micrograph"
          >
            micrograph
          </Button>
        </>
      )}
      <Button
        onClick={() => {
          comments.draft.value = { micrograph: null, place: null }
        }}
        data-testid="comment-project"
      >
        project
      </Button>
    </fieldset>
  )
}
