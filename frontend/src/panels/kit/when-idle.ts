/** What nobody waits for is done at the latest so long after it was asked for, ms. */
const LATEST = 3_000

/** Runs once the page has nothing else to do. Safari knows no such moment: a little later, there. */
export function whenIdle(run: () => void): void {
  if ('requestIdleCallback' in globalThis) requestIdleCallback(run, { timeout: LATEST })
  else setTimeout(run, LATEST / 3)
}
