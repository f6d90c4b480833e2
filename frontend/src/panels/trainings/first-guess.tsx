import { useComputed } from '@preact/signals'
import type { JSX } from 'preact'
import type { Desk } from '../../desk/desk'
import { judged, surenessOf } from '../../model/quality/first-guess'
import { figure, inFull, plural } from '../kit/format'
import { Button, Progress } from '../kit/ui'

type GuessDesk = Pick<Desk, 'state' | 'picks' | 'gallery'>

/** Before the first training: what the networks that come with CryoWeb found, how sure they look, and what to do. */
export function FirstGuess({ desk }: { desk: GuessDesk }): JSX.Element | null {
  const { state } = desk
  const job = state.jobs.value.find(({ kind, status }) => kind === 'guess' && status !== 'failed')
  if (state.current.value || !(job || state.guess.value)) return null
  return (
    <div class="task" data-testid="first-guess">
      {state.guess.value && <Words desk={desk} />}
      {job && (
        <>
          <span class="task-name" title={job.message}>
            {job.status === 'queued'
              ? 'First guess: waiting for the trainer'
              : `First guess: ${inFull(job.done)} of ${inFull(job.total)} micrographs`}
          </span>
          <Progress value={job.total > 0 ? job.done / job.total : 0} label="First guess" />
        </>
      )}
    </div>
  )
}

function Words({ desk }: { desk: GuessDesk }): JSX.Element | null {
  const { state } = desk
  const expected = state.guess.value?.how.expected_f1
  const found = useComputed(() => {
    const f1 = typeof expected === 'number' ? expected : 1
    const told = state.summary.value
    if (!told) return surenessOf(desk.picks.value, state.thresholds.value, f1)
    const micrographs = state.micrographs.value.filter(({ picks, excluded }) => picks && !excluded).length
    return judged({ kept: told.passing, micrographs, mean: told.sureness }, f1)
  })
  const { kept, micrographs, mean, poor } = found.value
  if (micrographs === 0) return null
  const guess = 'These picks are a first guess by the networks that come with CryoWeb.'
  const size = figure(state.project.value?.particle_diameter ?? 0)
  return (
    <>
      <p class="hint" data-testid="first-guess-words" data-poor={poor ?? ''}>
        {poor === 'few' &&
          `The first guess found hardly anything: ${plural(kept, 'pick')} on ${plural(micrographs, 'micrograph')}. Check the diameter (${size} Å) and the pixel size, or mark particles and background yourself, then train.`}
        {poor === 'unsure' &&
          `${guess} They are unsure: their scores hardly tell particles from other things. Mark particles and background yourself, then train.`}
        {!poor &&
          `${guess} Their mean score is ${mean.toFixed(2)}. Confirm or reject some in the gallery, then train.`}
      </p>
      {!poor && (
        <Button
          icon="gallery"
          class="button-wide"
          onClick={() => desk.gallery.check()}
          data-testid="check-guess"
        >
          Check in the gallery
        </Button>
      )}
    </>
  )
}
