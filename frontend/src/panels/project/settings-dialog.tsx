import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useMemo } from 'preact/hooks'
import { changeProject } from '../../api/projects'
import type { ChangedProject, Project } from '../../wire'
import { DeleteProject } from '../deleted/delete-project'
import { useAction } from '../kit/action'
import { Dialog } from '../kit/dialog'
import { figure, positive } from '../kit/format'
import { Button, ErrorNote, Field } from '../kit/ui'
import { UseLine } from './use-line'

interface Props {
  project: Pick<Project, 'id' | 'name' | 'particle_diameter' | 'pixel_size' | 'first_guess' | 'archived'>
  /** Whether this person may archive it. */
  owns: boolean
  close: () => void
  saved: () => void
  /** Where the project is open: saves so that it can be undone. */
  change?: (values: Form) => Promise<void>
  webhooks?: () => void
  /** Where this person may delete it; told once it is. */
  deleted?: () => void
}

type Form = Required<Pick<ChangedProject, 'name' | 'particle_diameter' | 'pixel_size' | 'first_guess'>>

export function SettingsDialog({
  project,
  owns,
  close,
  saved,
  change,
  webhooks,
  deleted,
}: Props): JSX.Element {
  const name = useSignal(project.name)
  const shown = useMemo(
    () => ({
      diameter: project.particle_diameter === null ? '' : figure(project.particle_diameter),
      pixelSize: project.pixel_size === null ? '' : figure(project.pixel_size),
    }),
    [],
  )
  const diameter = useSignal(shown.diameter)
  const pixelSize = useSignal(shown.pixelSize)
  const firstGuess = useSignal(project.first_guess)
  const deleting = useSignal(false)
  const { busy, error, run } = useAction()
  const particle_diameter = positive(diameter.value)
  const unset = project.particle_diameter === null && diameter.value === ''
  // A diameter that nobody typed stays a suggestion.
  const send = async ({ particle_diameter, ...others }: ChangedProject): Promise<void> => {
    const typed = diameter.value !== shown.diameter && { particle_diameter }
    await changeProject(project.id, { ...others, ...typed })
  }
  const save = (work: () => Promise<void>): void =>
    void run(async () => {
      await work()
      saved()
      close()
    })
  const submit = (event: Event): void => {
    event.preventDefault()
    if (particle_diameter === null && !unset) return
    // What was not touched stays as exact as it is, and asks for no new training.
    const values = {
      name: name.value.trim(),
      particle_diameter: diameter.value === shown.diameter ? project.particle_diameter : particle_diameter,
      pixel_size: pixelSize.value === shown.pixelSize ? project.pixel_size : positive(pixelSize.value),
      first_guess: firstGuess.value,
    }
    save(() => (change ?? send)(values))
  }
  if (deleting.value && deleted) return <DeleteProject project={project} close={close} deleted={deleted} />
  return (
    <Dialog title="Project settings" close={close}>
      <form class="form" onSubmit={submit}>
        <Field label="Name" text={name} required testid="settings-name" />
        <Field
          label="Particle diameter"
          unit="Å"
          numeric
          text={diameter}
          required={!unset}
          placeholder="suggested from the micrographs"
          hint="Train again after changing it: the networks see particles at this size."
          testid="settings-diameter"
        />
        <Field
          label="Pixel size"
          unit="Å/px"
          numeric
          text={pixelSize}
          placeholder="read from each file"
          hint="Applies to every micrograph. Leave empty to use the value in each file."
          testid="settings-pixel-size"
        />
        <label class="check">
          <input
            type="checkbox"
            checked={firstGuess.value}
            onChange={event => {
              firstGuess.value = event.currentTarget.checked
            }}
            data-testid="settings-first-guess"
          />
          <span>First guess: pick with CryoWeb’s own networks until the first training</span>
        </label>
        <UseLine project={project.id} />
        {error && <ErrorNote>{error}</ErrorNote>}
        <footer class="dialog-foot">
          <Button
            kind="quiet"
            disabled={busy || !owns}
            title={owns ? '' : 'Only an owner can do this.'}
            onClick={() => save(() => send({ archived: !project.archived }))}
            data-testid="archive"
          >
            {project.archived ? 'Unarchive project' : 'Archive project'}
          </Button>
          {deleted && (
            <Button
              kind="quiet"
              onClick={() => {
                deleting.value = true
              }}
              data-testid="delete-project"
            >
              Delete …
            </Button>
          )}
          {webhooks && (
            <Button kind="quiet" onClick={webhooks} data-testid="open-webhooks">
              Webhooks …
            </Button>
          )}
          <span class="bar-space" />
          <Button onClick={close}>Cancel</Button>
          <Button
            kind="primary"
            type="submit"
            disabled={busy || (particle_diameter === null && !unset) || name.value.trim() === ''}
            data-testid="save-settings"
          >
            Save
          </Button>
        </footer>
      </form>
    </Dialog>
  )
}
