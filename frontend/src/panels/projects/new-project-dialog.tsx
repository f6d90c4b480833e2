import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { createProject } from '../../api/projects'
import type { Project } from '../../wire'
import { useAction } from '../kit/action'
import { Dialog } from '../kit/dialog'
import { positive } from '../kit/format'
import { Button, ErrorNote, Field } from '../kit/ui'

interface Props {
  close: () => void
  created: (project: Project) => void
}

export function NewProjectDialog({ close, created }: Props): JSX.Element {
  const name = useSignal('')
  const diameter = useSignal('')
  const pixelSize = useSignal('')
  const { busy, error, run } = useAction()
  const particle_diameter = positive(diameter.value)
  const ready = name.value.trim() !== '' && (diameter.value.trim() === '' || particle_diameter !== null)
  const submit = (event: Event): void => {
    event.preventDefault()
    if (!ready || busy) return
    const pixel_size = positive(pixelSize.value)
    void run(async () => {
      const sizes = { ...(particle_diameter && { particle_diameter }), ...(pixel_size && { pixel_size }) }
      created(await createProject({ name: name.value.trim(), ...sizes }))
    })
  }
  return (
    <Dialog title="New project" close={close}>
      <form class="form" onSubmit={submit}>
        <Field
          label="Name"
          text={name}
          placeholder="Beta-galactosidase, grid 3"
          required
          testid="project-name"
        />
        <Field
          label="Particle diameter, if you know it"
          unit="Å"
          numeric
          text={diameter}
          placeholder="suggested from the micrographs"
          hint="The longest extent of the particle. It sets the size of the marks and what the networks see."
          testid="project-diameter"
        />
        <Field
          label="Pixel size, if missing or wrong in your files"
          unit="Å/px"
          numeric
          text={pixelSize}
          placeholder="read from each file"
          testid="project-pixel-size"
        />
        {error && <ErrorNote>{error}</ErrorNote>}
        <footer class="dialog-foot">
          <Button onClick={close}>Cancel</Button>
          <Button kind="primary" type="submit" disabled={!ready || busy} data-testid="create-project">
            Create project
          </Button>
        </footer>
      </form>
    </Dialog>
  )
}
