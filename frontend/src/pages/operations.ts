/** Asks for the part of the operations page that changes, every few seconds while it is looked at. */

const EVERY_MS = 5000

async function refresh(now: HTMLElement, unreached: HTMLElement): Promise<void> {
  if (document.hidden || busy(now)) return
  try {
    const answer = await fetch('/operations?now', { redirect: 'error' })
    if (!answer.ok) throw new Error(answer.statusText)
    const text = await answer.text()
    if (!busy(now)) now.innerHTML = text
    unreached.hidden = true
  } catch {
    unreached.hidden = false
  }
}

/** Somebody is about to press a button in it, or marks a text: it stays as it is. */
function busy(now: HTMLElement): boolean {
  const marked = getSelection()
  return now.contains(document.activeElement) || (marked?.type === 'Range' && now.contains(marked.anchorNode))
}

const now = document.getElementById('now')
const unreached = document.getElementById('unreached')
if (now && unreached) setInterval(() => void refresh(now, unreached), EVERY_MS)
