/** A key press, as the browser tells it. */
export type Press = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>

export interface Keys {
  /** As KeyboardEvent.key gives it, letters in lower case; Ctrl is also ⌘. */
  readonly keys: readonly string[]
  readonly ctrl?: boolean
  /** Where the key means something else with Shift. */
  readonly shift?: boolean
}

/** Which of these a key press means; null where it is none of them. */
export function keyFor<K extends Keys>(all: readonly K[], press: Press): K | null {
  if (press.altKey) return null
  const held = press.ctrlKey || press.metaKey
  const key = press.key.toLowerCase()
  const fits = all.filter(({ keys, ctrl = false }) => keys.includes(key) && ctrl === held)
  return (
    fits.find(({ shift = false }) => shift === press.shiftKey) ?? fits.find(({ shift }) => !shift) ?? null
  )
}
