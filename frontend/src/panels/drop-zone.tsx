import { useSignal } from '@preact/signals'
import type { ComponentChildren, JSX } from 'preact'
import { useEffect } from 'preact/hooks'
import type { Desk } from '../desk/desk'
import { say } from './toasts'

/** Files dropped anywhere on the page are uploaded. */
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
      addFiles(desk, [...event.dataTransfer.files])
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
          <div class="drop-box">Drop micrographs to add them to this project</div>
        </div>
      )}
    </>
  )
}

export function addFiles(desk: Desk, files: readonly File[]): void {
  const reason = desk.state.locked.value
  if (reason) return say(reason)
  desk.uploads.add(files)
}
