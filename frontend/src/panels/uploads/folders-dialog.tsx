import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { getFolder, importFolder } from '../../api/files'
import { startWatching } from '../../api/watched'
import type { Desk } from '../../desk/desk'
import type { Folder, FolderImported } from '../../wire'
import { useAction } from '../kit/action'
import { Dialog } from '../kit/dialog'
import { plural } from '../kit/format'
import { say } from '../kit/toasts'
import { Button, ErrorNote } from '../kit/ui'
import { FolderList } from './folder-list'
import { LeftOutList } from './left-out'
import { PathForm } from './path-form'

interface Props {
  desk: Pick<Desk, 'id' | 'dialog'>
  close: () => void
}

/** Chooses a folder, a list of micrographs or a pattern on the server, under the roots that its administrator allowed. */
export function FoldersDialog({ desk, close }: Props): JSX.Element {
  const folder = useSignal<Folder | null>(null)
  const added = useSignal<FolderImported | null>(null)
  const { busy, error, run } = useAction()
  const subfolders = useSignal(false)
  const opening = useRef<string | null>(null)
  const show = async (path: string): Promise<void> => {
    opening.current = path
    const deep = subfolders.value
    const isWanted = (): boolean => opening.current === path && subfolders.value === deep
    await run(async () => {
      const answer = await getFolder(path, deep)
      if (isWanted()) folder.value = answer
    })
    if (isWanted()) opening.current = null
  }
  const add = (path: string): void =>
    void run(async () => {
      const answer = await importFolder(desk.id, path, subfolders.value)
      if (answer.left_out.length + answer.notes.length > 0) {
        added.value = answer
        return
      }
      say(summary(answer))
      close()
    })
  const watch = (path: string): void =>
    void run(async () => {
      await startWatching(desk.id, path, subfolders.value)
      desk.dialog.value = 'live'
    })
  useEffect(() => void show(''), [])
  const here = folder.value
  const atRoots = here?.path === ''
  if (added.value) return <Added answer={added.value} close={close} />
  return (
    <Dialog title="Add from the server" close={close} size="wide">
      <p class="hint">
        A folder, a pattern, RELION’s micrographs_ctf.star or cryoSPARC’s exposures. Files are used in place:
        nothing is copied or changed.
      </p>
      <PathForm path={here?.path ?? ''} busy={busy} show={show} />
      {error && <ErrorNote>{error}</ErrorNote>}
      {here && <FolderList here={here} show={show} />}
      {here?.kind === 'folder' && !atRoots && (
        <label class="check">
          <input
            type="checkbox"
            checked={subfolders.value}
            onChange={event => {
              subfolders.value = event.currentTarget.checked
              void show(opening.current ?? here.path)
            }}
            data-testid="subfolders"
          />
          <span>Include subfolders</span>
        </label>
      )}
      {here && <Notes notes={here.notes} />}
      {here && here.left_out.length > 0 && (
        <div data-testid="folder-left-out">
          <p class="hint">Left out</p>
          <LeftOutList rows={here.left_out} />
        </div>
      )}
      <footer class="dialog-foot">
        <span class="hint" data-testid="folder-count">
          {here && !atRoots ? `${plural(here.micrographs, 'micrograph')} to add` : ''}
        </span>
        <span class="bar-space" />
        <Button onClick={close}>Cancel</Button>
        <Button
          kind="quiet"
          title="Import what is there, and what comes, as it is written"
          disabled={busy || !here || atRoots}
          onClick={() => here && watch(here.path)}
          data-testid="watch-folder"
        >
          Watch for new files
        </Button>
        <Button
          kind="primary"
          disabled={busy || !here || here.micrographs === 0}
          onClick={() => here && add(here.path)}
          data-testid="import-folder"
        >
          {BUTTONS[here?.kind ?? 'folder']}
        </Button>
      </footer>
    </Dialog>
  )
}

const BUTTONS = {
  folder: 'Add this folder',
  list: 'Add this list',
  pattern: 'Add these files',
} as const

/** What came of it, where there is more to say than how many. */
function Added({ answer, close }: { answer: FolderImported; close: () => void }): JSX.Element {
  return (
    <Dialog title="Added from the server" close={close}>
      <p data-testid="folder-added">{summary(answer)}</p>
      <Notes notes={answer.notes} />
      {answer.left_out.length > 0 && (
        <div data-testid="folder-left-out">
          <p class="hint">Left out</p>
          <LeftOutList rows={answer.left_out} />
        </div>
      )}
      <footer class="dialog-foot">
        <span class="bar-space" />
        <Button kind="primary" onClick={close} data-testid="folder-done">
          Done
        </Button>
      </footer>
    </Dialog>
  )
}

function Notes({ notes }: { notes: readonly string[] }): JSX.Element | null {
  if (notes.length === 0) return null
  return (
    <ul class="folder-notes" data-testid="folder-notes">
      {notes.map(note => (
        <li key={note}>{note}</li>
      ))}
    </ul>
  )
}

function summary({ jobs, skipped, left_out }: FolderImported): string {
  const there = skipped.length > 0 ? ` ${plural(skipped.length, 'file')} already in the project.` : ''
  const others = left_out.reduce((sum, { count }) => sum + count, 0)
  const left = others > 0 ? ` ${plural(others, 'other file')} left out.` : ''
  return `${plural(jobs, 'micrograph')} queued for import.${there}${left}`
}
