import { type Signal, useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'

export interface InnerSize {
  readonly width: number
  readonly height: number
}

/** The inner size of an element, CSS pixels, as it changes. */
export function useInnerSize(element: { readonly current: HTMLElement | null }): Signal<InnerSize> {
  const size = useSignal<InnerSize>({ width: 800, height: 240 })
  useEffect(() => {
    const box = element.current
    if (!box) return
    const watcher = new ResizeObserver(() => {
      size.value = { width: box.clientWidth, height: box.clientHeight }
    })
    watcher.observe(box)
    return () => watcher.disconnect()
  }, [])
  return size
}
