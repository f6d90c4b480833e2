import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { deleteProject } from '../../api/deleted'
import { useAction } from '../kit/action'
import { Dialog } from '../kit/dialog'
import { Button, ErrorNote, Field } from '../kit/ui'

interface Props {
  project: { readonly id: number; readonly name: string }
  close: () => void
  deleted: () => void
}

/** Deletes a project once its name is typed. */
export function DeleteProject({ project, close, deleted }: Props): JSX.Element {
  const typed = useSignal('')
  const { busy, error, run } = useAction()
  const submit = (event: Event): void => {
    event.preventDefault()
    void run(async () => {
      await deleteProject(project.id)
      deleted()
    })
  }
  return (
    <Dialog title="Delete project" close={close}>
      <form class="form" onSubmit={submit}>
        <p>
          The project disappears for all its members, and what it is doing stops. Its owners can restore it
          for 30 days, from the end of the list of projects.
        </p>
        <Field
          label={`Type “${project.name}” to delete it`}
          text={typed}
          required
          testid="delete-project-name"
        />
        {error && <ErrorNote>{error}</ErrorNote>}
        <footer class="dialog-foot">
          <Button onClick={close}>Keep it</Button>
          <Button
            kind="danger"
            type="submit"
            disabled={busy || typed.value.trim() !== project.name.trim()}
            data-testid="confirm-delete-project"
          >
            Delete project
          </Button>
        </footer>
      </form>
    </Dialog>
  )
}
