import type { JSX } from 'preact'
import type { Desk } from '../../desk/desk'
import { useAction } from '../kit/action'
import { ErrorNote } from '../kit/ui'

/** The project's switch for automatic training. */
export function KeepTraining({ desk }: { desk: Desk }): JSX.Element {
  const { busy, error, run } = useAction()
  const on = desk.state.project.value?.keep_training ?? false
  const flip = (keep_training: boolean): void =>
    void run(async () => void (await desk.shared.change(null, { keep_training })))
  return (
    <div>
      <label
        class="check"
        title="Starts a training a few seconds after the last change by anyone in the project"
      >
        <input
          type="checkbox"
          checked={on}
          disabled={busy || !desk.state.mayEdit.value}
          onChange={event => flip(event.currentTarget.checked)}
          data-testid="keep-training"
        />
        <span>Keep training while we label</span>
      </label>
      {error && <ErrorNote>{error}</ErrorNote>}
    </div>
  )
}
