import type { KeyContext } from './key-binding'
import { KEYS } from './keys'
import { keyFor } from './press'
import { settleKeyFor } from './settle-keys'
import { travelKeyFor } from './travel-keys'
import { walkKeyFor } from './walk-keys'

/** Listens on the document while a desk is open. Input fields, dialogs and menus keep their keys. */
export function listenToKeys(context: KeyContext): () => void {
  const down = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || context.desk.dialog.peek() || covered()) return
    const closing = event.key === 'Escape' && context.desk.gallery.seen
    if (typing(event) && !closing) return
    if ([' ', 'Enter'].includes(event.key) && pressing(event.target)) return
    if (event.key === ' ') {
      context.stage.spaceHeld = true
      return event.preventDefault()
    }
    const { walk, settling, overview, averages } = context.desk
    const hidden = overview.open.peek() || averages.open.peek() || closing
    const walked = hidden ? null : walkKeyFor(event, walk)
    const settled = hidden ? null : settleKeyFor(event, settling)
    const travelled = hidden ? null : travelKeyFor(event, context.desk.travel)
    const binding = keyFor(KEYS, event)
    if (!walked && !settled && !binding && !travelled) return
    event.preventDefault()
    if (travelled) return travelled.run(context.desk.travel)
    if (walked) return walked.run(walk)
    if (settled) return settled.run(settling)
    binding?.run(context, event)
  }
  const up = (event: KeyboardEvent): void => {
    if (event.key === ' ') context.stage.spaceHeld = false
  }
  document.addEventListener('keydown', down)
  document.addEventListener('keyup', up)
  return () => {
    document.removeEventListener('keydown', down)
    document.removeEventListener('keyup', up)
  }
}

/** Whether a dialog or a menu is open, whichever panel it is of. */
function covered(): boolean {
  return document.querySelector('dialog[open], :popover-open') !== null
}

/** Text fields keep every key; sliders and boxes keep those that move them. */
function typing({ target, key }: KeyboardEvent): boolean {
  if (target instanceof HTMLInputElement && ['range', 'checkbox', 'radio'].includes(target.type)) {
    return key === ' ' || (key.length > 1 && key !== 'Escape')
  }
  if (target instanceof HTMLInputElement) return true
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement
}

/** Space and Enter press a focused button. */
function pressing(target: EventTarget | null): boolean {
  return target instanceof HTMLButtonElement || target instanceof HTMLAnchorElement
}
