import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useEffect } from 'preact/hooks'
import { adoptNetworks, listNetworks } from '../../api/trainings'
import type { Desk } from '../../desk/desk'
import { figureText } from '../../model/quality/interval'
import { averagePrecisionOf, figuresOf } from '../../model/quality/validation'
import type { Networks } from '../../wire'
import { useAction } from '../kit/action'
import { Dialog } from '../kit/dialog'
import { figure, plural, shortTime } from '../kit/format'
import { Button, Empty, ErrorNote } from '../kit/ui'

interface Props {
  desk: Pick<Desk, 'id' | 'state' | 'say'>
  close: () => void
}

/** Choose networks of another project to pick with here, before there is any label. */
export function AdoptDialog({ desk, close }: Props): JSX.Element {
  const networks = useSignal<readonly Networks[] | null>(null)
  const chosen = useSignal<number | null>(null)
  const { busy, error, run } = useAction()
  useEffect(() => {
    void run(async () => {
      networks.value = (await listNetworks()).filter(({ project }) => project !== desk.id)
      chosen.value = networks.value[0]?.id ?? null
    })
  }, [])
  const adopt = (event: Event): void => {
    event.preventDefault()
    const id = chosen.value
    if (id === null) return
    void run(async () => {
      await adoptNetworks(desk.id, id)
      desk.say('The networks have been copied and now pick in the background.')
      close()
    })
  }
  const diameter = desk.state.project.value?.particle_diameter
  return (
    <Dialog title="Start from another project’s networks" close={close}>
      <form class="form" onSubmit={adopt}>
        {networks.value?.length === 0 ? (
          <Empty title="No networks to start from">
            <p class="hint">
              None of your other projects has been trained. Mark particles and background here, and train.
            </p>
          </Empty>
        ) : (
          <>
            <p class="hint">
              They pick at once, before anything is labelled. Choose a specimen that looks similar; its size
              need not match the {diameter && figure(diameter)} Å of this project, as the networks see all
              particles at the same size.
            </p>
            <fieldset class="choices choices-scroll" data-testid="networks">
              <legend>Networks</legend>
              {networks.value?.map(each => (
                <Choice
                  key={each.id}
                  networks={each}
                  on={chosen.value === each.id}
                  choose={() => (chosen.value = each.id)}
                />
              ))}
            </fieldset>
          </>
        )}
        {error && <ErrorNote>{error}</ErrorNote>}
        <footer class="dialog-foot">
          <Button onClick={close}>Cancel</Button>
          <Button kind="primary" type="submit" disabled={busy || chosen.value === null} data-testid="adopt">
            Start from these
          </Button>
        </footer>
      </form>
    </Dialog>
  )
}

interface ChoiceProps {
  networks: Networks
  on: boolean
  choose: () => void
}

function Choice({ networks, on, choose }: ChoiceProps): JSX.Element {
  const { project_name, particle_diameter, version, created_at, labels } = networks
  const figures = figuresOf(networks)
  const count = Object.values(labels).reduce((sum, n) => sum + n, 0)
  return (
    <label class="choice choice-tall">
      <input type="radio" name="networks" checked={on} onChange={choose} />
      <span>
        {project_name}, version {version}
        <span class="table-note">
          {figure(particle_diameter)} Å · {plural(count, 'label')} · {shortTime(created_at)}
          {figures && ` · average precision ${figureText(averagePrecisionOf(figures))}`}
        </span>
      </span>
    </label>
  )
}
