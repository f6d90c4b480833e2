import type { JSX } from 'preact'
import type { Walk } from '../../desk/walk'
import type { ProjectState } from '../../model/project'
import { Button } from '../kit/ui'

/** Starts the walk through the places where labels teach most. */
export function LabelNext({ state, walk }: { state: ProjectState; walk: Walk }): JSX.Element {
  const picks = state.networks.value !== null
  return (
    <Button
      class="button-wide"
      disabled={!picks || walk.busy.value || !state.mayEdit.value}
      title={
        state.locked.value ||
        (picks
          ? 'Step through the places where a label teaches the networks most'
          : 'Once trained, the networks can show you where a label teaches them most')
      }
      onClick={() => void walk.start()}
      data-testid="label-next"
    >
      Label these next <kbd>W</kbd>
    </Button>
  )
}
