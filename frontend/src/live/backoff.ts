/** Seconds to wait before try number `attempt` (from 0): 0.5, 1, 2, 4, 8, then 10. */
export function backoff(attempt: number): number {
  return Math.min(10, 0.5 * 2 ** attempt)
}

export type Sleep = (seconds: number) => Promise<void>

/** Waits, or less long when the browser says that it is online again. */
export const sleepOrOnline: Sleep = seconds =>
  new Promise(resolve => {
    const done = (): void => {
      clearTimeout(timer)
      removeEventListener('online', done)
      resolve()
    }
    const timer = setTimeout(done, seconds * 1000)
    addEventListener('online', done)
  })
