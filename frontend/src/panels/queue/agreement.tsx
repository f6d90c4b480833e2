import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useEffect } from 'preact/hooks'
import { getDoubleAgreement } from '../../api/double-labelling'
import type { Desk } from '../../desk/desk'
import type { DoubleAgreement } from '../../wire'
import { useAction } from '../kit/action'
import { plural } from '../kit/format'
import { Button, classes, ErrorNote } from '../kit/ui'
import { PairNumbers } from './pair-numbers'

type AgreementDesk = Pick<Desk, 'id' | 'state' | 'settling' | 'current' | 'open'>

/** How people agree who labelled the same micrographs blind, and what is to be settled; nothing before one is revealed. */
export function Agreement({ desk }: { desk: AgreementDesk }): JSX.Element | null {
  const found = useSignal<DoubleAgreement | null>(null)
  const { error, run } = useAction()
  const revealed = desk.state.micrographs.value.filter(({ double, blind }) => double && !blind).length
  const left = desk.settling.left.value
  useEffect(() => {
    if (revealed === 0) return
    void run(async () => {
      found.value = await getDoubleAgreement(desk.id)
    })
  }, [revealed, desk.settling.micrograph.value, left === 0])
  if (error) return <ErrorNote>{error}</ErrorNote>
  if (revealed === 0 || !found.value || found.value.micrographs.length === 0) return null
  return (
    <section class="section" aria-label="Double labelling" data-testid="agreement">
      <h2>Double labelling</h2>
      {found.value.pairs.map(pair => (
        <PairNumbers key={pair.people.join()} state={desk.state} pair={pair} />
      ))}
      {found.value.unfinished > 0 && (
        <p class="hint">
          {plural(found.value.unfinished, 'micrograph')} revealed before both had finished; not counted.
        </p>
      )}
      <Differing desk={desk} found={found.value} />
    </section>
  )
}

function Differing({ desk, found }: { desk: AgreementDesk; found: DoubleAgreement }): JSX.Element {
  const { state, settling } = desk
  const settles = settling.micrograph.value
  const rows = found.micrographs.map(row =>
    row.id === settles ? { ...row, open: settling.left.value } : row,
  )
  const first = rows.find(({ open }) => open > 0)
  return (
    <>
      <ul class="queue-list">
        {rows.map(({ id, open, differences }) => (
          <li key={id}>
            <button
              type="button"
              class={classes('queue-row', desk.current.value === id && 'queue-row-open')}
              onClick={() => desk.open(id)}
              data-testid="differing"
            >
              <span class="queue-name">{state.micrograph(id)?.name}</span>
              <span class="panel-note">
                {open > 0 ? `${open} of ${plural(differences, 'difference')} left` : 'settled'}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {first && state.mayEdit.value && (
        <Button
          kind="primary"
          disabled={settling.busy.value}
          onClick={() => {
            const here = rows.find(({ id, open }) => id === desk.current.peek() && open > 0)
            void settling.start((here ?? first).id)
          }}
          data-testid="settle-differences"
        >
          Settle differences
        </Button>
      )}
    </>
  )
}
