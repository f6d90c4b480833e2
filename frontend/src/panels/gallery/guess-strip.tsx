import type { JSX } from 'preact'
import type { Desk } from '../../desk/desk'
import { type GalleryCommands, SOME } from '../../desk/gallery/gallery-commands'
import { canTrain } from '../../model/counts'
import { Button } from '../kit/ui'
import { neededText } from '../trainings/needed-text'

interface Props {
  desk: Pick<Desk, 'counts' | 'state' | 'others'>
  commands: GalleryCommands
}

/** Above the crops while they are a first guess: the first labels in two presses, and how many are still needed. */
export function GuessStrip({ desk, commands }: Props): JSX.Element {
  const total = desk.counts.teaching.value
  const least = desk.state.limits.value.least_labels
  const enough = canTrain(total, least, desk.others.taught.value)
  const text = enough ? 'Enough to train. Correct what is wrong.' : neededText(total, least)
  return (
    <div class="brush-strip" data-testid="guess-strip">
      <span class="panel-note" title={text} aria-live="polite">
        {text}
      </span>
      <Button
        kind="quiet"
        icon="check"
        title="Accepts the picks with the highest scores and shows them (Ctrl Enter)"
        onClick={() => commands.judgeSome('accept')}
        data-testid="accept-surest"
      >
        Accept the {SOME} surest
      </Button>
      <Button
        kind="quiet"
        icon="close"
        title="Rejects picks whose scores are too low to count, and shows them (Ctrl Del)"
        onClick={() => commands.judgeSome('reject')}
        data-testid="reject-doubtful"
      >
        Reject the {SOME} most doubtful
      </Button>
    </div>
  )
}
