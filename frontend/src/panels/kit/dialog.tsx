import type { ComponentChildren, JSX } from 'preact'
import { useId, useLayoutEffect, useRef } from 'preact/hooks'
import { classes, IconButton } from './ui'

interface Props {
  title: string
  close: () => void
  children: ComponentChildren
  size?: 'wide' | 'large' | 'full'
}

/** A modal dialog of the browser's own: it keeps the focus, Escape closes it, focus goes back after. */
export function Dialog({ title, close, children, size }: Props): JSX.Element {
  const element = useRef<HTMLDialogElement>(null)
  const heading = useId()
  // Before the first paint, so that a key pressed as soon as the dialog appears does not reach the page behind it.
  useLayoutEffect(() => {
    element.current?.showModal()
    element.current?.querySelector<HTMLElement>('.dialog-body input:not([readonly])')?.focus()
  }, [])
  return (
    <dialog
      ref={element}
      class={classes('dialog', size && `dialog-${size}`)}
      aria-labelledby={heading}
      onClose={close}
      onMouseDown={event => event.target === element.current && element.current?.close()}
    >
      <header class="dialog-head">
        <h2 id={heading} title={title}>
          {title}
        </h2>
        <IconButton icon="close" label="Close" onClick={() => element.current?.close()} />
      </header>
      <div class="dialog-body">{children}</div>
    </dialog>
  )
}
