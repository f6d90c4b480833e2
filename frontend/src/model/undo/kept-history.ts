import type { History, Steps } from './history'

/** Format version: a history kept by an earlier page in another format is discarded. */
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
      storage.removeItem(key) // too large for the browser: better nothing than an older state
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
