import type { JSX } from 'preact'
import type { Desk } from '../../desk/desk'
import { Button } from '../kit/ui'

/** Starts the walk through the places where labels teach most. */
export function LabelNext({ desk }: { desk: Desk }): JSX.Element {
  const trained = desk.state.trainings.value.length > 0
  return (
    <Button
      class="button-wide"
      disabled={!trained || desk.walk.busy.value || !desk.state.mayEdit.value}
      title={
        trained
          ? 'Step through the places where a label teaches the networks most'
          : 'Once trained, the networks can show you where a label teaches them most'
      }
      onClick={() => void desk.walk.start()}
      data-testid="label-next"
    >
      Label these next <kbd>W</kbd>
    </Button>
  )
}
