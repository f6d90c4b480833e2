import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useEffect } from 'preact/hooks'
import { getFolder, importFolder } from '../../api/files'
import type { Folder } from '../../wire'
import { useAction } from '../kit/action'
import { Dialog } from '../kit/dialog'
import { plural } from '../kit/format'
import { Icon } from '../kit/icons'
import { say } from '../kit/toasts'
import { Button, ErrorNote } from '../kit/ui'
import { LeftOutList } from './left-out'

/** Chooses a folder on the server, under the roots that its administrator allowed. */
export function FoldersDialog({ project, close }: { project: number; close: () => void }): JSX.Element {
  const folder = useSignal<Folder | null>(null)
  const { busy, error, run } = useAction()
  const subfolders = useSignal(false)
  const show = (path: string): void =>
    void run(async () => {
      folder.value = await getFolder(path, subfolders.value)
    })
  const add = (path: string): void =>
    void run(async () => {
      const { jobs, skipped, left_out } = await importFolder(project, path, subfolders.value)
      const there = skipped.length > 0 ? ` ${plural(skipped.length, 'file')} already in the project.` : ''
      const others = left_out.reduce((sum, { count }) => sum + count, 0)
      const left = others > 0 ? ` ${plural(others, 'other file')} left out.` : ''
      say(`${plural(jobs, 'micrograph')} queued for import.${there}${left}`)
      close()
    })
  useEffect(() => show(''), [])
  const here = folder.value
  const atRoots = here?.path === ''
  return (
    <Dialog title="Add a folder on the server" close={close}>
      <p class="hint">Files are used in place: nothing is copied or changed.</p>
      {error && <ErrorNote>{error}</ErrorNote>}
      {here && !atRoots && <p class="folder-path">{here.path}</p>}
      <ul class="folders" data-testid="folders">
        {here && !atRoots && (
          <li>
            <button type="button" class="folder" onClick={() => show(here.parent ?? '')}>
              <Icon name="up" size={16} /> up one level
            </button>
          </li>
        )}
        {here?.folders.map(({ name, path }) => (
          <li key={path}>
            <button type="button" class="folder" onClick={() => show(path)} data-path={path}>
              <Icon name="folder" size={16} /> {name}
            </button>
          </li>
        ))}
        {here && atRoots && here.folders.length === 0 && (
          <li class="hint">
            CryoWeb may not read any folder yet. An administrator can allow folders with CRYOWEB_DATA_ROOTS.
          </li>
        )}
      </ul>
      {here && !atRoots && (
        <label class="check">
          <input
            type="checkbox"
            checked={subfolders.value}
            onChange={event => {
              subfolders.value = event.currentTarget.checked
              show(here.path)
            }}
            data-testid="subfolders"
          />
          <span>Include subfolders</span>
        </label>
      )}
      {here && here.left_out.length > 0 && (
        <div data-testid="folder-left-out">
          <p class="hint">Left out</p>
          <LeftOutList rows={here.left_out} />
        </div>
      )}
      <footer class="dialog-foot">
        <span class="hint" data-testid="folder-count">
          {here && !atRoots ? `${plural(here.micrographs, 'micrograph')} to add from this folder` : ''}
        </span>
        <span class="bar-space" />
        <Button onClick={close}>Cancel</Button>
        <Button
          kind="primary"
          disabled={busy || !here || here.micrographs === 0}
          onClick={() => here && add(here.path)}
          data-testid="import-folder"
        >
          Add this folder
        </Button>
      </footer>
    </Dialog>
  )
}
