import { useSignal } from '@preact/signals'
import type { ComponentChildren, JSX } from 'preact'
import { useAction } from './action'
import { Dialog } from './dialog'
import { Button, ErrorNote, IconButton } from './ui'

/** A trash button that asks, in the words of its children, before it removes something for everyone. */
export function Remove(props: {
  label: string
  title: string
  verb: 'Delete' | 'Remove'
  what: string
  remove: () => Promise<void>
  children: ComponentChildren
}): JSX.Element {
  const asks = useSignal(false)
  const { busy, error, run } = useAction()
  const ask = (open: boolean) => (): void => {
    asks.value = open
  }
  return (
    <>
      <IconButton icon="trash" label={props.label} onClick={ask(true)} data-testid={`remove-${props.what}`} />
      {asks.value && (
        <Dialog title={props.title} close={ask(false)}>
          <p>{props.children}</p>
          {error && <ErrorNote>{error}</ErrorNote>}
          <footer class="dialog-foot">
            <Button onClick={ask(false)}>Keep them</Button>
            <Button
              kind="danger"
              disabled={busy}
              onClick={() => void run(props.remove)}
              data-testid={`confirm-remove-${props.what}`}
            >
              {props.verb}
            </Button>
          </footer>
        </Dialog>
      )}
    </>
  )
}
