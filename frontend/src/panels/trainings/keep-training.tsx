import type { JSX } from 'preact'
import type { SharedSettings } from '../../live/shared-settings'
import type { ProjectState } from '../../model/project'
import { useAction } from '../kit/action'
import { ErrorNote } from '../kit/ui'

interface Props {
  state: ProjectState
  shared: SharedSettings
}

/** The project's switch for automatic training. */
export function KeepTraining({ state, shared }: Props): JSX.Element {
  const { busy, error, run } = useAction()
  const on = state.project.value?.keep_training ?? false
  const flip = (keep_training: boolean): void =>
    void run(async () => void (await shared.change(null, { keep_training })))
  return (
    <div>
      <label
        class="check"
        title={
          state.lockedRun.value ||
          'Starts a training a few seconds after the last change by anyone in the project'
        }
      >
        <input
          type="checkbox"
          checked={on}
          disabled={busy || !state.mayRun.value}
          onChange={event => flip(event.currentTarget.checked)}
          data-testid="keep-training"
        />
        <span>Keep training while we label</span>
      </label>
      {error && <ErrorNote>{error}</ErrorNote>}
    </div>
  )
}
