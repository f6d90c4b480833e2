import { type Signal, useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import type { Desk } from '../../desk/desk'
import type { NewAverages } from '../../wire'
import { useAction } from '../kit/action'
import { Choice } from '../kit/choice'
import { inFull } from '../kit/format'
import { Button, ErrorNote } from '../kit/ui'

type Scope = 'project' | 'micrograph'

interface Props {
  desk: Pick<Desk, 'averages' | 'counts' | 'current' | 'micrograph' | 'state'>
  /** Called when the picks are being sorted. */
  done: () => void
}

/** Which picks are to be sorted, and into how many classes. */
export function SortForm({ desk, done }: Props): JSX.Element {
  const scope = useSignal<Scope>('project')
  const particle = useSignal('')
  const contamination = useSignal('')
  const count = useSignal('')
  const { busy, error, run } = useAction()
  const { thresholds } = desk.state
  const sort = (): void => {
    const micrograph = desk.current.peek()
    const wanted: NewAverages = {
      ...(scope.peek() === 'micrograph' && micrograph !== null && { micrographs: [micrograph] }),
      ...numbered('least_particle', particle),
      ...numbered('most_contamination', contamination),
      ...numbered('classes', count),
    }
    void run(async () => {
      await desk.averages.sort(wanted)
      done()
    })
  }
  return (
    <form
      class="sort-form"
      onSubmit={event => {
        event.preventDefault()
        sort()
      }}
    >
      <Button kind="primary" type="submit" disabled={busy} data-testid="sort-picks">
        Sort the picks into classes
      </Button>
      <details class="unfold">
        <summary>Options</summary>
        <div class="sort-fields">
          <div class="sort-field">
            <span>Picks</span>
            <Choice
              label="Picks to sort"
              values={{
                project: `All that count (${inFull(desk.counts.total.value.final)})`,
                micrograph: `Of ${desk.micrograph.value?.name ?? 'this micrograph'}`,
              }}
              value={scope.value}
              set={value => {
                scope.value = value
              }}
              testid="sort-scope"
            />
          </div>
          <NumberField
            label="Particle score, at least"
            text={particle}
            max={1}
            placeholder={thresholds.value.particle.toFixed(2)}
          />
          <NumberField
            label="Contamination score, at most"
            text={contamination}
            max={1}
            placeholder={thresholds.value.contamination.toFixed(2)}
          />
          <NumberField label="Classes" text={count} min={2} max={100} step={1} placeholder="automatic" />
        </div>
      </details>
      {error && <ErrorNote>{error}</ErrorNote>}
    </form>
  )
}

function numbered<Name extends keyof NewAverages>(
  name: Name,
  text: Signal<string>,
): { readonly [key in Name]?: number } {
  const value = text.peek().trim()
  return value === '' ? {} : ({ [name]: Number(value) } as { readonly [key in Name]?: number })
}

interface NumberProps {
  label: string
  text: Signal<string>
  min?: number
  max: number
  step?: number
  placeholder: string
}

function NumberField({ label, text, min = 0, max, step = 0.01, placeholder }: NumberProps): JSX.Element {
  return (
    <label class="sort-field">
      {label}
      <input
        class="input"
        type="number"
        min={min}
        max={max}
        step={step}
        placeholder={placeholder}
        value={text}
        onInput={event => {
          text.value = event.currentTarget.value
        }}
      />
    </label>
  )
}
