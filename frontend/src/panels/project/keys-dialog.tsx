import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { AVERAGES_KEYS } from '../../desk/averages/averages-keys'
import { GALLERY_KEYS } from '../../desk/gallery/gallery-keys'
import { KEYS } from '../../desk/keys/keys'
import { SETTLE_KEYS } from '../../desk/keys/settle-keys'
import { TRAVEL_KEYS } from '../../desk/keys/travel-keys'
import { WALK_KEYS } from '../../desk/keys/walk-keys'
import { Dialog } from '../kit/dialog'

interface Key {
  /** Drawn as a key; empty where there is none. */
  readonly shown: string
  /** What is done beside the key, such as a drag. */
  readonly with?: string
  readonly what: string
}

const GROUPS = ['Tools', 'Picks', 'Selection', 'Edit', 'View', 'Micrographs', 'Team'] as const

const SECTIONS: readonly { readonly title: string; readonly keys: readonly Key[] }[] = [
  ...GROUPS.map(group => ({
    title: group,
    keys: KEYS.filter(binding => binding.group === group).map(({ keys, shown, what }) => ({
      shown: shown ?? keys[0]?.toUpperCase() ?? '',
      what,
    })),
  })),
  { title: 'Label these next', keys: WALK_KEYS },
  { title: 'Settling differences', keys: SETTLE_KEYS },
  { title: 'Looking at the past', keys: TRAVEL_KEYS },
  { title: 'In the gallery', keys: GALLERY_KEYS },
  { title: 'In the averages', keys: AVERAGES_KEYS },
  {
    title: 'Mouse, touch and pen',
    keys: [
      { shown: '', with: 'Two fingers', what: 'Pan and zoom with any tool; one finger uses the tool' },
      { shown: '', with: 'Long press', what: 'Select what is there (mouse: right button)' },
      { shown: '', with: 'Pen', what: 'Uses the tool; fingers then pan' },
      { shown: '', with: 'Wheel', what: 'Zoom to the cursor' },
      { shown: 'Shift', with: 'wheel', what: 'Eraser size' },
      { shown: 'Shift', with: 'drag', what: 'Add a box to the selection (Alt: subtract it)' },
      { shown: 'Space', with: 'drag', what: 'Pan with any tool (or drag with the middle button)' },
    ],
  },
]

export function KeysDialog({ close }: { close: () => void }): JSX.Element {
  const sought = useSignal('')
  const found = SECTIONS.map(({ title, keys }) => ({
    title,
    keys: keys.filter(key => holds(title, key, sought.value)),
  })).filter(({ keys }) => keys.length > 0)
  return (
    <Dialog title="Keyboard shortcuts" close={close} size="full">
      <input
        class="input keys-search"
        type="search"
        placeholder="Find a shortcut"
        aria-label="Find a shortcut"
        value={sought}
        onInput={event => {
          sought.value = event.currentTarget.value
        }}
        data-testid="find-key"
      />
      <div class="keys" data-testid="keys">
        {found.map(({ title, keys }) => (
          <section key={title}>
            <h3>{title}</h3>
            <dl>
              {keys.map(key => (
                <KeyRow key={key.what} {...key} />
              ))}
            </dl>
          </section>
        ))}
        {found.length === 0 && <p class="hint">No shortcut is called that.</p>}
      </div>
    </Dialog>
  )
}

function KeyRow({ shown, with: beside, what }: Key): JSX.Element {
  return (
    <div>
      <dt>
        {shown && <kbd>{shown}</kbd>} {beside}
      </dt>
      <dd>{what}</dd>
    </div>
  )
}

/** Whether the words sought are in what a key does, in the key or in the title above it. */
function holds(title: string, key: Key, sought: string): boolean {
  const text = `${title} ${key.shown} ${key.with ?? ''} ${key.what}`.toLowerCase()
  return sought
    .toLowerCase()
    .split(/\s+/)
    .every(word => text.includes(word))
}
