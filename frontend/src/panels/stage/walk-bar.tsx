import type { JSX } from 'preact'
import { startTraining } from '../../api/trainings'
import { KIND_NAMES } from '../../canvas/style'
import type { Desk } from '../../desk/desk'
import type { Walk } from '../../desk/walk'
import { LABEL_KINDS } from '../../model/marks/mark'
import { useAction } from '../kit/action'
import { plural } from '../kit/format'
import { Glyph } from '../kit/icons'
import { Button, ErrorNote, IconButton } from '../kit/ui'

const QUESTIONS = {
  background: 'Unsure: a particle, or background?',
  contamination: 'Unsure: a particle, or contamination?',
  sure: 'The networks are sure: a particle. Are they right?',
} as const

type WalkDesk = Pick<Desk, 'id' | 'state' | 'sync' | 'walk'>

/** The position in the walk, the question, and the answers. */
export function WalkBar({ desk }: { desk: WalkDesk }): JSX.Element | null {
  const { walk } = desk
  if (!walk.active.value) return null
  return (
    <section class="walk" aria-label="Label these next" data-testid="walk">
      <IconButton
        class="walk-close"
        icon="close"
        label="Leave (Esc)"
        onClick={() => walk.leave()}
        data-testid="walk-leave"
      />
      {walk.place.value ? <Asking walk={walk} /> : <AtTheEnd desk={desk} />}
    </section>
  )
}

function Asking({ walk }: { walk: Walk }): JSX.Element {
  const place = walk.place.value
  const said = walk.said.value
  return (
    <>
      <p class="walk-line" aria-live="polite" data-testid="walk-at">
        <strong>
          {walk.at.value + 1} of {walk.places.value.length}
        </strong>{' '}
        {place && QUESTIONS[place.question]}
      </p>
      <div class="walk-line">
        {LABEL_KINDS.map(kind => (
          <Button
            key={kind}
            class={said === kind ? 'walk-said' : ''}
            aria-pressed={said === kind}
            onClick={() => walk.answer(kind)}
            data-testid={`walk-${kind}`}
          >
            <Glyph kind={kind} />
            {KIND_NAMES[kind]} <kbd>{kind[0]?.toUpperCase()}</kbd>
          </Button>
        ))}
        <Button
          kind="quiet"
          disabled={walk.at.value === 0}
          onClick={() => walk.go(-1)}
          data-testid="walk-back"
        >
          Back <kbd>←</kbd>
        </Button>
        <Button kind="quiet" onClick={() => walk.go(1)} data-testid="walk-skip">
          Skip <kbd>S</kbd>
        </Button>
      </div>
    </>
  )
}

function AtTheEnd({ desk }: { desk: WalkDesk }): JSX.Element {
  const { busy, error, run } = useAction()
  const { walk } = desk
  const keeps = desk.state.project.value?.keep_training ?? false
  const labelled = walk.answered.value.size
  const train = (): void =>
    void run(async () => {
      await desk.sync.held()
      await startTraining(desk.id)
      walk.leave()
    })
  return (
    <>
      <p class="walk-line" aria-live="polite" data-testid="walk-at">
        <strong>That was the last one.</strong> You labelled {plural(labelled, 'place')}.
        {keeps && labelled > 0 && ' Training starts automatically.'}
      </p>
      <div class="walk-line">
        {!keeps && (
          <Button kind="primary" disabled={busy || labelled === 0} onClick={train} data-testid="walk-train">
            Train again
          </Button>
        )}
        <Button disabled={walk.busy.value} onClick={() => void walk.start()} data-testid="walk-more">
          More places
        </Button>
        <Button kind="quiet" onClick={() => walk.go(-1)} data-testid="walk-back">
          Back <kbd>←</kbd>
        </Button>
      </div>
      {error && <ErrorNote>{error}</ErrorNote>}
    </>
  )
}
