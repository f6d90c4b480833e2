import type { JSX } from 'preact'
import type { Folder } from '../../wire'
import { Icon, type IconName } from '../kit/icons'

interface Props {
  here: Folder
  show: (path: string) => void
}

/** The way up, the folders in a folder, and the files in it that may list micrographs. */
export function FolderList({ here, show }: Props): JSX.Element {
  const atRoots = here.path === ''
  return (
    <ul class="folders" data-testid="folders">
      {!atRoots && <Row icon="up" name="up one level" show={() => show(here.parent ?? '')} />}
      {here.folders.map(({ name, path }) => (
        <Row key={path} icon="folder" name={name} path={path} show={() => show(path)} />
      ))}
      {here.lists.map(({ name, path }) => (
        <Row key={path} icon="copy" name={name} path={path} show={() => show(path)} />
      ))}
      {atRoots && here.folders.length === 0 && (
        <li class="hint">
          You may not use any folder of the server yet. An administrator can give you some with
          CRYOWEB_DATA_ROOTS.
        </li>
      )}
    </ul>
  )
}

interface RowProps {
  icon: IconName
  name: string
  path?: string
  show: () => void
}

function Row({ icon, name, path, show }: RowProps): JSX.Element {
  return (
    <li>
      <button type="button" class="folder" onClick={show} data-path={path}>
        <Icon name={icon} size={16} /> {name}
      </button>
    </li>
  )
}
