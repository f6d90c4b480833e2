import type { JSX } from 'preact'
import type { Desk } from '../../desk/desk'
import { Agreement } from './agreement'
import { DoubleLabelling } from './double-labelling'
import { OpenMicrograph } from './open-micrograph'
import { PeopleTable } from './people-table'
import { QueueProgress } from './queue-progress'
import { ReviewList } from './review-list'
import { ShareOut } from './share-out'
import { Yours } from './yours'

/** Who does which micrograph: one's own first, then the project's. */
export function QueueTab({ desk }: { desk: Desk }): JSX.Element {
  const { state } = desk
  const used = state.queue.used.value
  return (
    <div class="panel-scroll" data-testid="queue">
      {!used && <Beginning desk={desk} />}
      {state.mayEdit.value && <Yours desk={desk} />}
      {state.mayEdit.value && <OpenMicrograph desk={desk} />}
      {used && <QueueProgress queue={state.queue} />}
      {used && <ReviewList desk={desk} />}
      {used && <Agreement desk={desk} />}
      {used && <PeopleTable desk={desk} />}
      {state.mayRun.value && <ShareOut desk={desk} />}
      <DoubleLabelling desk={desk} />
    </div>
  )
}

/** What a queue is for, while there is none. */
function Beginning({ desk }: { desk: Desk }): JSX.Element {
  const { mayEdit, mayManage, locked } = desk.state
  return (
    <section class="section queue-beginning" data-testid="queue-empty">
      <h2>Share the work</h2>
      <p>
        Nobody has been given micrographs yet. With a queue each micrograph goes to one person, who marks it
        done; somebody else then reviews it. Everyone sees how far the project is.
      </p>
      {mayEdit.value && (
        <p>
          Press Next to take the first one{mayManage.value ? ', or share them out below' : ''}. Other people
          get other ones.
        </p>
      )}
      {!mayEdit.value && <p class="hint">{locked.value}</p>}
    </section>
  )
}
