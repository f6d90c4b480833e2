import type { History, Steps } from './history'

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
      storage.setItem(key, JSON.stringify(history.steps))
    } catch {
      storage.removeItem(key) // too large for the browser: nothing rather than an older state
    }
  }
}

function read(text: string | null): Steps | null {
  try {
    return JSON.parse(text ?? 'null') as Steps | null
  } catch {
    return null
  }
}
