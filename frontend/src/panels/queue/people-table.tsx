import type { JSX } from 'preact'
import { takeBack } from '../../api/queue'
import type { Desk } from '../../desk/desk'
import type { Part } from '../../model/queue/work-queue'
import { useAction } from '../kit/action'
import { duration, plural } from '../kit/format'
import { say } from '../kit/toasts'
import { Avatar, ErrorNote, IconButton } from '../kit/ui'

/** What each person has done and has in hand, and the time it takes them. */
export function PeopleTable({ desk }: { desk: Desk }): JSX.Element {
  const action = useAction()
  const { state } = desk
  const manages = state.mayManage.value
  return (
    <section class="section" aria-label="People">
      <h2>People</h2>
      <table class="queue-people" data-testid="queue-people">
        <thead>
          <tr>
            <th scope="col">
              <span class="sr-only">Name</span>
            </th>
            <th scope="col" title="Micrographs finished">
              done
            </th>
            <th scope="col" title="Micrographs given or taken and not finished">
              to do
            </th>
            <th scope="col" title="Median of the active time on a finished micrograph">
              time
            </th>
            <th scope="col" title="Labels on a finished micrograph, on average">
              labels
            </th>
            {manages && (
              <th scope="col">
                <span class="sr-only">Take back</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {state.queue.parts.value.map(part => (
            <tr key={part.user} data-testid="queue-person">
              <th scope="row">
                <span class="queue-who">
                  <Avatar id={part.user} name={state.name(part.user)} />
                  <span class="queue-name">{state.name(part.user)}</span>
                </span>
              </th>
              <td>{part.done + part.reviewed}</td>
              <td>{part.assigned + part.claimed}</td>
              <td>{part.median === null ? '–' : duration(part.median)}</td>
              <td>{labelsEach(desk, part)}</td>
              {manages && (
                <td>
                  <TakeBack desk={desk} part={part} run={action.run} />
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {action.error && <ErrorNote>{action.error}</ErrorNote>}
    </section>
  )
}

interface TakeBackProps {
  desk: Desk
  part: Part
  run: (work: () => Promise<void>) => Promise<boolean>
}

function TakeBack({ desk, part, run }: TakeBackProps): JSX.Element | null {
  const { queue } = desk.state
  const name = desk.state.name(part.user)
  const left = queue.assignments.value.filter(({ user, done_at }) => user === part.user && done_at === null)
  if (left.length === 0) return null
  return (
    <IconButton
      icon="undo"
      label={`Take back what ${name} has not finished`}
      onClick={() =>
        void run(async () => {
          const ids = left.map(({ micrograph }) => micrograph)
          const count = await takeBack(desk.id, ids, part.user)
          say(`${plural(count, 'micrograph')} taken back from ${name}.`)
        })
      }
      data-testid="queue-take-back"
    />
  )
}

/** On average, where everyone sees all labels. */
function labelsEach({ state }: Desk, { user, finished }: Part): string {
  const seen = finished.filter(id => state.micrograph(id)?.blind === false)
  if (seen.length === 0) return '–'
  const own = seen.flatMap(id => state.marks.of(id).labels).filter(({ author }) => author === user)
  return (own.length / seen.length).toFixed(own.length < 10 * seen.length ? 1 : 0)
}
