import type { JSX } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { Button } from '../kit/ui'

interface Props {
  path: string
  busy: boolean
  show: (path: string) => void
}

/** Where one is, to be typed over: a folder, a file, or a pattern. */
export function PathForm({ path, busy, show }: Props): JSX.Element {
  const [typed, setTyped] = useState(path)
  useEffect(() => setTyped(path), [path])
  return (
    <form
      class="path-form"
      onSubmit={event => {
        event.preventDefault()
        show(typed.trim())
      }}
    >
      <input
        class="input"
        type="text"
        value={typed}
        placeholder="/data/session/*/*_DW.mrc"
        spellcheck={false}
        autocomplete="off"
        aria-label="Path of a folder or a list, or a pattern"
        onInput={event => setTyped(event.currentTarget.value)}
        data-testid="folder-path"
      />
      <Button type="submit" disabled={busy || typed.trim() === path} data-testid="folder-go">
        Show
      </Button>
    </form>
  )
}
