import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useEffect } from 'preact/hooks'
import { getComparison, type Two } from '../../api/comparisons'
import type { Desk } from '../../desk/desk'
import { useAction } from '../kit/action'
import { Choice } from '../kit/choice'
import { Dialog } from '../kit/dialog'
import { ErrorNote } from '../kit/ui'
import { comparable, likelyTwo } from './comparable'
import { ComparedMicrographs } from './compared-micrographs'
import { ComparedNumbers } from './compared-numbers'
import { ConsensusForm } from './consensus-form'
import { OffsetsPlot } from './offsets-plot'

interface Props {
  desk: Pick<Desk, 'id' | 'state' | 'compared' | 'open'>
  close: () => void
}

/** Two sets of picks beside one another: numbers, where they differ, and a new source of what they agree on. */
export function CompareDialog({ desk, close }: Props): JSX.Element {
  const { compared, state } = desk
  const values = comparable(state)
  const two = useSignal<Two>(compared.shown.peek()?.two ?? likelyTwo(values))
  const { busy, error, run } = useAction()
  useEffect(() => {
    const asked = two.value
    void run(async () => {
      const found = await getComparison(desk.id, asked)
      if (two.peek() === asked) compared.show(asked, found)
    })
  }, [two.value])
  const shown = compared.shown.value
  const found = shown?.two === two.value ? shown.found : null
  const choose = (side: keyof Two) => (key: string) => {
    two.value = { ...two.value, [side]: key }
  }
  return (
    <Dialog title="Compare picks" close={close} size="large">
      <div class="compare-choice">
        <Choice
          label="First"
          values={values}
          value={two.value.first}
          set={choose('first')}
          testid="compare-first"
        />
        <span>and</span>
        <Choice
          label="Second"
          values={values}
          value={two.value.second}
          set={choose('second')}
          testid="compare-second"
        />
      </div>
      {error && <ErrorNote>{error}</ErrorNote>}
      {busy && !found && <p class="hint">Comparing …</p>}
      {found && (
        <>
          <div class="compare-figures">
            <ComparedNumbers found={found} />
            <OffsetsPlot offsets={found.offsets} />
          </div>
          <ComparedMicrographs
            desk={desk}
            found={found}
            go={id => {
              desk.open(id)
              close()
            }}
          />
          {state.mayEdit.value && <ConsensusForm desk={desk} values={values} two={two.value} close={close} />}
        </>
      )}
    </Dialog>
  )
}
