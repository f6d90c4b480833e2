import type { History, Steps } from './history'

/** Goes up when steps look different: what an earlier page kept in another form is no history. */
const VERSION = 2

/**
 * Lets the undo history of one person in one project outlive a reload of this tab: undo leaves alone what changed
 * meanwhile, so an old step does no harm. `storage` is the tab's own. The function returned keeps the history now.
 */
export function keptHistory(storage: Storage, user: number, project: number, history: History): () => void {
  const key = `cryoweb.undo.${user}.${project}`
  const kept = read(storage.getItem(key))
  if (kept) history.restore(kept)
  return () => {
    try {
      storage.setItem(key, JSON.stringify({ version: VERSION, ...history.steps.peek() }))
    } catch {
      storage.removeItem(key) // too large for the browser: nothing rather than an older state
    }
  }
}

function read(text: string | null): Steps | null {
  try {
    const kept = JSON.parse(text ?? 'null') as (Steps & { version: number }) | null
    return kept?.version === VERSION ? kept : null
  } catch {
    return null
  }
}
