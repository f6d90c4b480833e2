import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { changeProject, getDiameterScan, scanDiameter } from '../../api/projects'
import type { Desk } from '../../desk/desk'
import { diameterUnsettled, diameterWords } from '../../model/diameter'
import { useAction } from '../kit/action'
import { figure, positive } from '../kit/format'
import { Button, ErrorNote, Field } from '../kit/ui'
import { DiameterPlot } from './diameter-plot'

type DiameterDesk = Pick<Desk, 'id' | 'state' | 'shared' | 'triedDiameter'>

/** Until a person sets the particle diameter: what the micrographs suggest (docs/decisions/0072). */
export function DiameterCard({ desk }: { desk: DiameterDesk }): JSX.Element | null {
  const project = desk.state.project.value
  if (!project || !diameterUnsettled(project)) return null
  return <Card desk={desk} taken={project.particle_diameter} />
}

function Card({ desk, taken }: { desk: DiameterDesk; taken: number | null }): JSX.Element {
  const { state } = desk
  const { busy, error, run } = useAction()
  const mayRun = state.mayRun.value
  const shown = useSignal(false)
  const hovered = useSignal(false)
  const focused = useSignal(false)
  const text = useTyped(taken === null ? '' : figure(taken))
  const typed = positive(text.value)
  const found = state.suggestedDiameter.value
  const looking = state.jobs.value.some(({ kind, status }) => kind === 'diameter' && status !== 'failed')
  const size = typed ?? taken ?? found?.diameter ?? null
  const tried = shown.value || hovered.value || focused.value ? size : null
  useEffect(() => {
    void run(async () => {
      const { suggested } = await getDiameterScan(desk.id)
      state.suggestedDiameter.value ??= suggested
    })
  }, [])
  useEffect(() => {
    desk.triedDiameter.value = tried
    return () => {
      desk.triedDiameter.value = null
    }
  }, [tried])
  const set = async (diameter: number): Promise<void> => {
    // Keeping what is taken changes no number, and so is no step to undo.
    if (diameter === taken) await changeProject(desk.id, { particle_diameter: diameter })
    else await desk.shared.change(null, { particle_diameter: diameter })
  }
  return (
    <div class="task" data-testid="diameter-card">
      <p class="hint" aria-live="polite" data-testid="diameter-words">
        {diameterWords(taken, found, looking)}
        {taken === null &&
          mayRun &&
          ' If you know the diameter, type it: the longest extent of a particle, in Å.'}
      </p>
      <fieldset
        class="task"
        aria-label="Particle diameter"
        onPointerEnter={() => {
          hovered.value = true
        }}
        onPointerLeave={() => {
          hovered.value = false
        }}
        onFocusIn={() => {
          focused.value = true
        }}
        onFocusOut={() => {
          focused.value = false
        }}
      >
        {found && <DiameterPlot curve={found.curve} size={size} />}
        {mayRun && (
          <form
            class="task"
            onSubmit={event => {
              event.preventDefault()
              if (typed !== null && !busy) void run(() => set(typed))
            }}
          >
            <Field
              label="Diameter, the longest extent"
              unit="Å"
              numeric
              text={text}
              testid="diameter-field"
            />
            <Button
              type="submit"
              class="button-wide"
              disabled={busy || typed === null}
              data-testid="set-diameter"
            >
              {typed === null ? 'Use' : `${typed === taken ? 'Keep' : 'Use'} ${figure(typed)} Å`}
            </Button>
          </form>
        )}
      </fieldset>
      {size !== null && (
        <label class="check">
          <input
            type="checkbox"
            checked={shown.value}
            onChange={event => {
              shown.value = event.currentTarget.checked
            }}
            data-testid="show-diameter"
          />
          <span>Show this size on the micrograph</span>
        </label>
      )}
      {mayRun && found && (
        <Button
          disabled={busy || looking}
          title="Search again, in the micrographs that the project has now"
          onClick={() => void run(async () => void (await scanDiameter(desk.id)))}
          data-testid="look-again"
        >
          Look again
        </Button>
      )}
      {error && <ErrorNote>{error}</ErrorNote>}
    </div>
  )
}

/** The text of a field, which follows what is given until somebody types. */
function useTyped(given: string) {
  const text = useSignal(given)
  const shown = useRef(given)
  useEffect(() => {
    if (text.peek() === shown.current) text.value = given
    shown.current = given
  }, [given])
  return text
}
