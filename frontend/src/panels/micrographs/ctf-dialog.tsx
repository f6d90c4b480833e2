import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useRef } from 'preact/hooks'
import { bringCtf } from '../../api/ctf'
import type { Desk } from '../../desk/desk'
import type { BroughtCtf } from '../../wire'
import { useAction } from '../kit/action'
import { Dialog } from '../kit/dialog'
import { plural } from '../kit/format'
import { Button, ErrorNote } from '../kit/ui'

interface Props {
  desk: Pick<Desk, 'id' | 'dialog'>
  close: () => void
}

/** Imports a file of CTF values, and says which names did not match. */
export function CtfDialog({ desk, close }: Props): JSX.Element {
  const chooser = useRef<HTMLInputElement>(null)
  const brought = useSignal<BroughtCtf | null>(null)
  const { busy, error, run } = useAction()
  const bring = (file: File): void => {
    brought.value = null
    void run(async () => {
      brought.value = await bringCtf(desk.id, file)
    })
  }
  return (
    <Dialog title="Import CTF values" close={close}>
      <p class="hint">
        RELION’s <code>micrographs_ctf.star</code>, or a table (CSV) with the columns micrograph, defocus_u
        (Å), voltage (kV), spherical_aberration (mm) and amplitude_contrast; also defocus_v and
        astigmatism_angle, phase_shift (degrees), resolution (Å). Extensions in names are ignored, and so are
        folders unless two micrographs have the same name. Existing values are replaced.
      </p>
      <input
        ref={chooser}
        type="file"
        accept=".star,.csv,.txt"
        class="sr-only"
        tabIndex={-1}
        aria-label="Choose a file of CTF values"
        data-testid="ctf-file"
        onChange={event => {
          const [file] = event.currentTarget.files ?? []
          if (file) bring(file)
          event.currentTarget.value = ''
        }}
      />
      {error && <ErrorNote>{error}</ErrorNote>}
      {brought.value && <Result {...brought.value} />}
      <footer class="dialog-foot">
        <Button
          kind={brought.value ? 'plain' : 'primary'}
          disabled={busy}
          onClick={() => chooser.current?.click()}
        >
          {brought.value ? 'Choose another file…' : 'Choose a file…'}
        </Button>
        {brought.value && (
          <Button
            kind="primary"
            onClick={() => {
              desk.dialog.value = 'spectrum'
            }}
            data-testid="ctf-to-spectrum"
          >
            Show the rings
          </Button>
        )}
      </footer>
    </Dialog>
  )
}

function Result({ matched, unmatched, missing, left_out }: BroughtCtf): JSX.Element {
  return (
    <div role="status" data-testid="ctf-result">
      <p>CTF values set for {plural(matched, 'micrograph')}.</p>
      {left_out.length > 0 && (
        <details open>
          <summary>Rows left out: {left_out.length.toLocaleString('en')}</summary>
          <ul class="ctf-names">
            {left_out.map(row => (
              <li key={row.name}>
                {row.name}: {row.reason}
              </li>
            ))}
          </ul>
        </details>
      )}
      <Names title="In the file, not in the project" names={unmatched} />
      <Names title="In the project, not in the file" names={missing} />
    </div>
  )
}

function Names({ title, names }: { title: string; names: readonly string[] }): JSX.Element | null {
  if (names.length === 0) return null
  return (
    <details>
      <summary>
        {title}: {names.length.toLocaleString('en')}
      </summary>
      <p class="ctf-names">{names.join(', ')}</p>
    </details>
  )
}
