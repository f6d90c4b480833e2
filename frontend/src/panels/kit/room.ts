import { type Signal, useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'

export interface Room {
  readonly width: number
  readonly height: number
}

/** The inner size of an element, CSS pixels, as it changes. */
export function useRoom(element: { readonly current: HTMLElement | null }): Signal<Room> {
  const room = useSignal<Room>({ width: 800, height: 240 })
  useEffect(() => {
    const box = element.current
    if (!box) return
    const watcher = new ResizeObserver(() => {
      room.value = { width: box.clientWidth, height: box.clientHeight }
    })
    watcher.observe(box)
    return () => watcher.disconnect()
  }, [])
  return room
}
