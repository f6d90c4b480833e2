import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { makeConsensus, type Two } from '../../api/comparisons'
import type { Desk } from '../../desk/desk'
import { useAction } from '../kit/action'
import { Button, ErrorNote, Field } from '../kit/ui'

interface Props {
  desk: Pick<Desk, 'id'>
  values: Readonly<Record<string, string>>
  two: Two
  close: () => void
}

/** Makes a source of the picks that several sets agree on. */
export function ConsensusForm({ desk, values, two, close }: Props): JSX.Element {
  const chosen = useSignal<readonly string[]>([two.first, two.second])
  const atLeast = useSignal('2')
  const name = useSignal('Consensus')
  const { busy, error, run } = useAction()
  const flip = (key: string): void => {
    const others = chosen.value.filter(other => other !== key)
    chosen.value = others.length < chosen.value.length ? others : [...others, key]
  }
  const make = (): void =>
    void run(async () => {
      const sets = [...chosen.value]
      await makeConsensus(desk.id, { name: name.value, sets, at_least: Number(atLeast.value) })
      close()
    })
  return (
    <details class="compare-consensus">
      <summary data-testid="consensus">Keep what several agree on, as picks of their own</summary>
      <fieldset class="compare-sets" aria-label="Of these">
        {Object.entries(values).map(([key, title]) => (
          <label key={key} class="check">
            <input
              type="checkbox"
              checked={chosen.value.includes(key)}
              onChange={() => flip(key)}
              data-testid={`consensus-of-${key}`}
            />
            {title}
          </label>
        ))}
      </fieldset>
      <Field label="At least so many of them" text={atLeast} numeric required testid="consensus-least" />
      <Field label="Name" text={name} required testid="consensus-name" />
      {error && <ErrorNote>{error}</ErrorNote>}
      <footer class="dialog-foot">
        <Button
          kind="primary"
          disabled={busy || chosen.value.length < 2}
          onClick={make}
          data-testid="consensus-make"
        >
          Make picks
        </Button>
      </footer>
    </details>
  )
}
