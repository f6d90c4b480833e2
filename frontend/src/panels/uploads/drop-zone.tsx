import { useSignal } from '@preact/signals'
import type { ComponentChildren, JSX } from 'preact'
import { useEffect } from 'preact/hooks'
import type { Desk } from '../../desk/desk'
import { type ChosenFile, fromDrop, joined, type LeftOut, sortOut } from '../../uploads/chosen'
import { say } from '../kit/toasts'

/** Files and folders dropped anywhere on the page are uploaded. */
export function DropZone({ desk, children }: { desk: Desk; children: ComponentChildren }): JSX.Element {
  const over = useSignal(false)
  useEffect(() => {
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
      void fromDrop(event.dataTransfer.items).then(({ files, leftOut }) => addFiles(desk, files, leftOut))
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
          <div class="drop-box">Drop micrographs, or folders of them, to add them to this project</div>
        </div>
      )}
    </>
  )
}

/** Uploads the micrographs among files; what else there is, and what could not be looked at, is named. */
export function addFiles(desk: Desk, files: readonly ChosenFile[], unreadable: LeftOut = new Map()): void {
  const reason = desk.state.locked.value
  if (reason) return say(reason)
  const chosen = sortOut(files, desk.state.extensions.value)
  const leftOut = joined(unreadable, chosen.leftOut)
  if (chosen.files.length === 0 && leftOut.size === 0)
    return say('No micrographs were found in what you dropped.')
  desk.uploads.add({ files: chosen.files, leftOut })
}
