import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { beginDoubleLabelling, reveal } from '../../api/double-labelling'
import type { Desk } from '../../desk/desk'
import { ROLES } from '../../wire'
import { useAction } from '../kit/action'
import { inFull } from '../kit/format'
import { Button, ErrorNote, Field } from '../kit/ui'

interface Props {
  desk: Pick<Desk, 'id' | 'state'>
}

/** For those who manage: which share of the micrographs two people label without seeing one another's marks. */
export function DoubleLabelling({ desk }: Props): JSX.Element | null {
  const { state } = desk
  if (!state.mayManage.value) return null
  return (
    <details class="section double-labelling">
      <summary data-testid="double-labelling">Blind double labelling</summary>
      <p class="hint">
        Two people label the same micrographs, and neither sees the other’s labels until both are done: it
        shows how well people agree. Until then these micrographs are not used for training or included in
        downloads.
      </p>
      {state.mayRun.value && <Begin desk={desk} />}
      <Blind desk={desk} />
    </details>
  )
}

function Begin({ desk }: Props): JSX.Element {
  const people = desk.state.members.value.filter(({ role }) => ROLES[role].annotates)
  const chosen = useSignal<readonly number[]>([])
  const share = useSignal('20')
  const seed = useSignal('')
  const said = useSignal('')
  const { busy, error, run } = useAction()
  const flip = (id: number): void => {
    const others = chosen.value.filter(other => other !== id)
    chosen.value = others.length < chosen.value.length ? others : [...others, id]
  }
  const begin = (event: Event): void => {
    event.preventDefault()
    void run(async () => {
      const begun = await beginDoubleLabelling(desk.id, {
        people: [...chosen.value],
        share: Number(share.value) / 100,
        seed: seed.value === '' ? null : Number(seed.value),
      })
      said.value = `Drawn: ${inFull(begun.micrographs.length)}, with the seed ${begun.seed}.`
    })
  }
  return (
    <form onSubmit={begin}>
      <fieldset class="compare-sets">
        <legend>Who labels (two or more; each micrograph goes to two)</legend>
        {people.map(({ id, username }) => (
          <label key={id} class="check">
            <input
              type="checkbox"
              checked={chosen.value.includes(id)}
              onChange={() => flip(id)}
              data-testid={`double-${username}`}
            />
            {username}
          </label>
        ))}
      </fieldset>
      <Field label="Share of the micrographs (%)" text={share} numeric required testid="double-share" />
      <Field
        label="Seed"
        text={seed}
        numeric
        hint="Leave empty to draw one. The same seed draws the same micrographs."
        testid="double-seed"
      />
      {error && <ErrorNote>{error}</ErrorNote>}
      {said.value && (
        <p class="hint" role="status" data-testid="double-said">
          {said.value}
        </p>
      )}
      <Button
        kind="primary"
        type="submit"
        disabled={busy || chosen.value.length < 2}
        data-testid="double-begin"
      >
        Draw and assign
      </Button>
    </form>
  )
}

/** What is blind now; it can be shown to all before everyone has finished. */
function Blind({ desk }: Props): JSX.Element | null {
  const rows = desk.state.micrographs.value.filter(({ blind }) => blind)
  const sure = useSignal(false)
  const { busy, error, run } = useAction()
  if (rows.length === 0) return null
  const show = (): void =>
    void run(async () => {
      if (!sure.value) {
        sure.value = true
        return
      }
      const ids = rows.map(({ id }) => id)
      await reveal(desk.id, ids)
      sure.value = false
    })
  return (
    <>
      <p data-testid="double-blind">
        {inFull(rows.length)} {rows.length === 1 ? 'micrograph is' : 'micrographs are'} being labelled blind.
      </p>
      {error && <ErrorNote>{error}</ErrorNote>}
      <Button disabled={busy} onClick={show} data-testid="double-reveal">
        {sure.value ? 'Show them to everyone? It cannot be undone' : 'Reveal them all now'}
      </Button>
    </>
  )
}
