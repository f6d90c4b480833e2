import { useSignal } from '@preact/signals'
import type { ComponentChildren, JSX } from 'preact'
import { useLayoutEffect } from 'preact/hooks'
import type { Desk } from '../../desk/desk'
import type { ProjectState } from '../../model/project'
import { type ChosenFile, fromDrop, joined, type LeftOut, sortOut } from '../../uploads/chosen'
import { coordinateFiles } from '../../uploads/coordinate-files'
import type { Uploads } from '../../uploads/uploads'
import { say } from '../kit/toasts'

interface Props {
  desk: Pick<Desk, 'state' | 'uploads' | 'coordinates'>
  children: ComponentChildren
}

/** Files and folders dropped anywhere on the page are uploaded. */
export function DropZone({ desk, children }: Props): JSX.Element {
  const over = useSignal(false)
  useLayoutEffect(() => {
    const stop = new AbortController()
    const { signal } = stop
    const drag = (event: DragEvent): void => {
      if (!event.dataTransfer?.types.includes('Files')) return
      event.preventDefault()
      over.value = event.type !== 'dragleave' || event.relatedTarget !== null
    }
    const drop = (event: DragEvent): void => {
      over.value = false
      if (!event.dataTransfer?.types.includes('Files')) return
      event.preventDefault()
      void fromDrop(event.dataTransfer.items).then(({ files, leftOut }) => take(desk, files, leftOut))
    }
    for (const type of ['dragenter', 'dragover', 'dragleave'] as const) {
      document.addEventListener(type, drag, { signal })
    }
    document.addEventListener('drop', drop, { signal })
    return () => stop.abort()
  }, [desk])
  return (
    <>
      {children}
      {over.value && (
        <div class="drop" aria-hidden="true">
          <div class="drop-box">
            Drop micrographs, coordinate files, or folders of either, to add them to this project
          </div>
        </div>
      )}
    </>
  )
}

/** Coordinates are looked at where they come alone: beside micrographs such files may be of any kind. */
function take(desk: Props['desk'], files: readonly ChosenFile[], leftOut: LeftOut): void {
  const coordinates = coordinateFiles(files)
  const micrographs = sortOut(files, desk.state).files
  if (coordinates.length > 0 && micrographs.length === 0) void desk.coordinates.bring(coordinates)
  else addFiles(desk.uploads, desk.state, files, leftOut)
}

/** Uploads the micrographs among files; what else there is, and what could not be looked at, is named. */
export function addFiles(
  uploads: Uploads,
  state: ProjectState,
  files: readonly ChosenFile[],
  unreadable: LeftOut = new Map(),
): void {
  const reason = state.locked.value
  if (reason) return say(reason)
  const chosen = sortOut(files, state)
  const leftOut = joined(unreadable, chosen.leftOut)
  if (chosen.files.length === 0 && leftOut.size === 0)
    return say('No micrographs were found in what you dropped.')
  uploads.add({ files: chosen.files, leftOut })
}
