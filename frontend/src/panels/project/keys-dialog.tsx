import type { JSX } from 'preact'
import { GALLERY_KEYS } from '../../desk/gallery/gallery-keys'
import { KEYS } from '../../desk/keys/keys'
import { WALK_KEYS } from '../../desk/keys/walk-keys'
import { Dialog } from '../kit/dialog'

const GROUPS = ['Tools', 'Picks', 'Selection', 'Edit', 'View', 'Micrographs'] as const

export function KeysDialog({ close }: { close: () => void }): JSX.Element {
  return (
    <Dialog title="Keyboard shortcuts" close={close} size="full">
      <div class="keys" data-testid="keys">
        {GROUPS.map(group => (
          <section key={group}>
            <h3>{group}</h3>
            <dl>
              {KEYS.filter(binding => binding.group === group).map(({ keys, shown, what }) => (
                <div key={what}>
                  <dt>
                    <kbd>{shown ?? keys[0]?.toUpperCase()}</kbd>
                  </dt>
                  <dd>{what}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
        <Special title="Label these next" keys={WALK_KEYS} />
        <Special title="In the gallery" keys={GALLERY_KEYS} />
        <section>
          <h3>Mouse, touch and pen</h3>
          <dl>
            <div>
              <dt>Two fingers</dt>
              <dd>Pan and zoom with any tool; one finger uses the tool</dd>
            </div>
            <div>
              <dt>Long press</dt>
              <dd>Select what is there (mouse: right button)</dd>
            </div>
            <div>
              <dt>Pen</dt>
              <dd>Uses the tool; fingers then pan</dd>
            </div>
            <div>
              <dt>Wheel</dt>
              <dd>Zoom to the cursor</dd>
            </div>
            <div>
              <dt>
                <kbd>Shift</kbd> wheel
              </dt>
              <dd>Eraser size</dd>
            </div>
            <div>
              <dt>
                <kbd>Shift</kbd> drag
              </dt>
              <dd>Add a box to the selection (Alt: subtract it)</dd>
            </div>
            <div>
              <dt>
                <kbd>Space</kbd> drag
              </dt>
              <dd>Pan with any tool (or drag with the middle button)</dd>
            </div>
          </dl>
        </section>
      </div>
    </Dialog>
  )
}

interface SpecialProps {
  title: string
  keys: readonly { readonly shown: string; readonly what: string }[]
}

/** Keys that temporarily mean something else. */
function Special({ title, keys }: SpecialProps): JSX.Element {
  return (
    <section>
      <h3>{title}</h3>
      <dl>
        {keys.map(({ shown, what }) => (
          <div key={what}>
            <dt>
              <kbd>{shown}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
