import { useSignal } from '@preact/signals'
import type { ComponentChildren, JSX } from 'preact'
import { useLayoutEffect } from 'preact/hooks'
import type { Desk } from '../../desk/desk'
import { type ChosenFile, fromDrop, joined, type LeftOut, sortOut } from '../../uploads/chosen'
import { coordinateFiles } from '../../uploads/coordinate-files'
import { say } from '../kit/toasts'

type Adding = Pick<Desk, 'state' | 'uploads' | 'coordinates'>

interface Props {
  desk: Adding
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
          <div class="drop-box">
            Drop micrographs, coordinate files, or folders of either, to add them to this project
          </div>
        </div>
      )}
    </>
  )
}

/**
 * Uploads the micrographs among files; what else there is, and what could not be looked at, is named. Coordinates are
 * looked at where they come alone, and else offered, for they mean micrographs that are still on their way.
 */
export function addFiles(desk: Adding, files: readonly ChosenFile[], unreadable: LeftOut = new Map()): void {
  const reason = desk.state.locked.value
  if (reason) return say(reason)
  const coordinates = new Set(coordinateFiles(files))
  const others = files.filter(file => !coordinates.has(file))
  const chosen = sortOut(others, desk.state)
  if (chosen.files.length > 0 && !desk.state.mayRun.value) return say(desk.state.lockedRun.value)
  if (coordinates.size > 0 && chosen.files.length === 0) return void desk.coordinates.bring([...coordinates])
  const leftOut = joined(unreadable, chosen.leftOut)
  if (chosen.files.length === 0 && leftOut.size === 0)
    return say('No micrographs were found in what you dropped.')
  desk.coordinates.offer([...coordinates])
  desk.uploads.add({ files: chosen.files, leftOut })
}
