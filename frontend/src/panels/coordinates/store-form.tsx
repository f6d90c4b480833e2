import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { KIND_NAMES } from '../../canvas/style'
import type { LabelKind } from '../../wire'
import { Choice } from '../kit/choice'
import { inFull } from '../kit/format'
import { Button } from '../kit/ui'
import type { DraftProps } from './props'

interface Props extends DraftProps {
  busy: string
}

/** As what the coordinates are stored: picks of a named source, or labels of the person. */
export function StoreForm({ desk, draft, busy }: Props): JSX.Element {
  const as = useSignal<'source' | 'labels'>('source')
  const kind = useSignal<LabelKind>('particle')
  const title = desk.state.formats.value.find(({ key }) => key === draft.format)?.title ?? 'Imported'
  const name = useSignal(title.replace(/ \(.*\)$/, ''))
  return (
    <form
      class="import-part"
      onSubmit={event => {
        event.preventDefault()
        void desk.coordinates.store({ store_as: as.value, kind: kind.value, name: name.value })
      }}
    >
      <label class="check">
        <input
          type="radio"
          name="store-as"
          checked={as.value === 'source'}
          onChange={() => {
            as.value = 'source'
          }}
          data-testid="as-source"
        />
        Picks beside those of the networks, named
      </label>
      <input
        class="input"
        aria-label="Name of the picks"
        maxLength={200}
        value={name.value}
        disabled={as.value !== 'source'}
        onInput={event => {
          name.value = event.currentTarget.value
        }}
        data-testid="source-name"
      />
      <label class="check" title="As if you had clicked there. The networks learn from them.">
        <input
          type="radio"
          name="store-as"
          checked={as.value === 'labels'}
          onChange={() => {
            as.value = 'labels'
          }}
          data-testid="as-labels"
        />
        Labels of yours:
        <Choice
          label="Kind"
          values={KIND_NAMES}
          value={kind.value}
          set={value => {
            kind.value = value
          }}
          testid="label-kind"
        />
      </label>
      <Button kind="primary" type="submit" disabled={busy !== '' || draft.picks === 0} data-testid="store">
        {busy || `Store ${inFull(draft.picks)}`}
      </Button>
    </form>
  )
}
